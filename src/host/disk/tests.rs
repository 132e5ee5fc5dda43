//! What is read and refused, and what a write leaves behind.

use super::*;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn put(root: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = root.join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("made");
    fs::write(&path, bytes).expect("written");
    path
}

#[test]
fn text_is_read_byte_for_byte() {
    let root = folder();
    let text = "\u{feff}a\r\nb 完了";
    let path = put(root.path(), "a.md", text.as_bytes());
    assert_eq!(read_text(&path).expect("read"), text);
}

#[test]
fn what_is_no_text_is_refused_with_its_name_and_a_way_out() {
    let root = folder();
    let cases: [(&str, &[u8], &str); 5] = [
        ("wide.md", b"\xff\xfea\0", "is UTF-16. Save it as UTF-8"),
        ("image.md", b"\x89PNG\0\0", "is no text"),
        ("latin.md", b"ok\nok\ncaf\xe9", "see line 3"),
        ("long.md", &[b'x'; 65], "more than the 64"),
        ("folder/a.md", b"", ""),
    ];
    for (name, bytes, expected) in cases {
        let path = put(root.path(), name, bytes);
        match read_text_up_to(&path, 64) {
            Ok(text) => assert_eq!((text.as_str(), expected), ("", "")),
            Err(error) => {
                let message = error.to_string();
                assert!(message.contains(name), "{message}");
                assert!(message.contains(expected), "{message}");
            }
        }
    }
    let message = |name: &str| {
        read_text(&root.path().join(name))
            .expect_err(name)
            .to_string()
    };
    assert!(message("folder").contains("is a folder"));
    assert!(message("none.md").contains("does not exist"));
    assert!(message("image.md/below").contains("does not exist"));
}

#[test]
fn a_write_replaces_the_text_and_leaves_nothing_else_behind() {
    let root = folder();
    put(root.path(), "docs/a.md", b"old");
    write(root.path(), "docs/a.md", "new").expect("written");
    write(root.path(), "more/b.md", "b").expect("written");
    assert_eq!(
        fs::read_to_string(root.path().join("docs/a.md")).expect("read"),
        "new"
    );
    assert_eq!(names(&root.path().join("docs")).expect("listed"), ["a.md"]);
    assert_eq!(names(&root.path().join("more")).expect("listed"), ["b.md"]);
}

#[test]
fn a_path_is_created_once() {
    let root = folder();
    assert!(create(root.path(), "1.md", "first").expect("made"));
    assert!(!create(root.path(), "1.md", "second").expect("asked"));
    assert_eq!(
        fs::read_to_string(root.path().join("1.md")).expect("read"),
        "first"
    );
    assert_eq!(names(root.path()).expect("listed"), ["1.md"]);
}

#[test]
fn paths_out_of_the_root_are_refused() {
    let root = folder();
    for path in ["../a.md", "/tmp/a.md", "a/../../b.md", ""] {
        let error = write(root.path(), path, "x").expect_err(path);
        assert!(matches!(error, HostError::Outside { .. }), "{error}");
    }
}

#[test]
fn a_missing_folder_holds_nothing() {
    assert!(
        names(&folder().path().join("none"))
            .expect("listed")
            .is_empty()
    );
}

#[test]
fn places_are_relative_to_the_root_and_start_at_the_working_directory() {
    let root = folder();
    put(root.path(), "docs/pm/a.md", b"");
    let at = |base: &str, path: &str| {
        relative(root.path(), &root.path().join(base), Path::new(path))
            .map_err(|error| error.to_string())
    };
    assert_eq!(at("docs", "pm/a.md"), Ok("docs/pm/a.md".into()));
    assert_eq!(
        at("docs/pm", "../../docs/./pm/a.md"),
        Ok("docs/pm/a.md".into())
    );
    assert_eq!(at("", "."), Ok(String::new()));
    assert!(at("", "..").expect_err("outside").contains("--root"));
    assert!(at("docs", "b.md").expect_err("missing").starts_with("b.md"));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn permissions_stay() {
        let root = folder();
        let path = put(root.path(), "a.md", b"old");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
        write(root.path(), "a.md", "new").expect("written");
        let mode = fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }

    #[test]
    fn a_new_file_is_as_readable_as_any_other() {
        let root = folder();
        let other = put(root.path(), "other", b"");
        create(root.path(), "a.md", "").expect("made");
        let mode = |path: PathBuf| fs::metadata(path).expect("there").permissions().mode();
        assert_eq!(mode(root.path().join("a.md")), mode(other));
    }

    #[test]
    fn a_file_that_is_read_only_is_not_replaced() {
        let root = folder();
        let path = put(root.path(), "a.md", b"old");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("set");
        let error = write(root.path(), "a.md", "new").expect_err("read-only");
        assert!(matches!(error, HostError::Unwritable { .. }), "{error}");
    }

    #[test]
    fn a_link_inside_the_root_is_written_through_and_one_that_leads_out_is_refused() {
        let (root, away) = (folder(), folder());
        put(root.path(), "real.md", b"old");
        put(away.path(), "theirs.md", b"theirs");
        symlink("real.md", root.path().join("inner.md")).expect("linked");
        symlink(away.path().join("theirs.md"), root.path().join("outer.md")).expect("linked");
        symlink(away.path(), root.path().join("folder")).expect("linked");
        write(root.path(), "inner.md", "new").expect("written");
        let read = |path: PathBuf| fs::read_to_string(path).expect("read");
        assert_eq!(read(root.path().join("real.md")), "new");
        assert!(
            fs::symlink_metadata(root.path().join("inner.md"))
                .expect("there")
                .is_symlink()
        );
        for path in ["outer.md", "folder/new.md", "folder/deep/new.md"] {
            let error = write(root.path(), path, "x").expect_err(path);
            assert!(matches!(error, HostError::Outside { .. }), "{error}");
        }
        assert_eq!(names(away.path()).expect("listed"), ["theirs.md"]);
        let error = relative(root.path(), root.path(), Path::new("outer.md"));
        assert!(matches!(error, Err(HostError::Outside { .. })));
    }
}
