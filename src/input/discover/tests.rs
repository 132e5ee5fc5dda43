//! Which files are found, named and refused.

use std::fs;

use super::*;

struct World(tempfile::TempDir);

impl World {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let root = tempfile::tempdir().expect("a temporary folder");
        for (name, bytes) in files {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs::write(path, bytes).expect("written");
        }
        Self(root)
    }

    fn find_from(&self, folder: &str, paths: &[&str]) -> Files {
        let paths: Vec<String> = paths.iter().map(|&path| path.to_owned()).collect();
        let root = self.0.path();
        let wanted = if paths.is_empty() {
            Wanted::Configured
        } else {
            Wanted::Named(&paths)
        };
        files(root, &root.join(folder), &Config::default(), wanted).expect("good globs")
    }

    fn find(&self, paths: &[&str]) -> Files {
        self.find_from("", paths)
    }
}

fn paths(files: &Files) -> Vec<&str> {
    files.files.iter().map(|file| file.path.as_str()).collect()
}

#[test]
fn without_names_the_globs_decide_and_gitignore_is_obeyed() {
    let world = World::new(&[
        ("README.md", b""),
        (".gitignore", b"drafts/\n"),
        ("postmortems/b.md", b"b\r\n"),
        ("postmortems/a.md", b"a"),
        ("postmortems/README.md", b""),
        ("postmortems/drafts/c.md", b""),
        ("docs/incidents/2024/d.markdown", b""),
        (".followthrough/issues/1.md", b""),
    ]);
    let found = world.find(&[]);
    assert_eq!(
        paths(&found),
        [
            "docs/incidents/2024/d.markdown",
            "postmortems/a.md",
            "postmortems/b.md"
        ]
    );
    assert_eq!(found.files[2].text, "b\r\n");
    assert!(found.files.iter().all(|file| !file.named));
    assert_eq!((found.problems, found.notices), (vec![], vec![]));
}

#[test]
fn a_search_that_finds_nothing_says_where_it_looked() {
    let found = World::new(&[("README.md", b"")]).find(&[]);
    assert!(found.files.is_empty() && found.problems.is_empty());
    assert!(
        found.notices[0].contains("docs/postmortems/"),
        "{:?}",
        found.notices
    );
}

#[test]
fn a_named_file_is_taken_whatever_its_name_and_once() {
    let world = World::new(&[("notes/README.txt", b"x"), ("postmortems/a.md", b"")]);
    let found = world.find(&["notes/README.txt", "./notes/../notes/README.txt"]);
    assert_eq!(paths(&found), ["notes/README.txt"]);
    assert!(found.files[0].named);
}

#[test]
fn names_are_relative_to_the_working_directory() {
    let world = World::new(&[("a/b/c.md", b""), ("d.md", b"")]);
    assert_eq!(
        paths(&world.find_from("a", &["b/c.md", "../d.md"])),
        ["a/b/c.md", "d.md"]
    );
    assert_eq!(paths(&world.find_from("a", &["b/*.md"])), ["a/b/c.md"]);
}

#[test]
fn in_a_folder_the_configured_postmortems_are_taken() {
    let world = World::new(&[
        ("README.md", b""),
        ("docs/guide.md", b""),
        ("docs/postmortems/a.md", b""),
        ("docs/postmortems/template.md", b""),
    ]);
    for folder in ["docs", "docs/", ".", "docs/postmortems"] {
        let found = world.find(&[folder]);
        assert_eq!(paths(&found), ["docs/postmortems/a.md"], "{folder}");
        assert!(found.files[0].named);
    }
}

#[test]
fn in_a_folder_outside_of_the_configuration_all_files_of_the_types_are_taken() {
    let world = World::new(&[
        ("samples/a.md", b""),
        ("samples/deep/b.markdown", b""),
        ("samples/README.md", b""),
        ("samples/picture.png", b""),
        ("samples/.hidden/c.md", b""),
        ("samples2/d.md", b""),
        ("e.md", b""),
    ]);
    assert_eq!(
        paths(&world.find(&["samples"])),
        ["samples/a.md", "samples/deep/b.markdown"]
    );
    let everything = world.find(&["."]);
    assert!(everything.files.is_empty());
    assert_eq!(everything.notices.len(), 1);
}

#[test]
fn a_folder_of_templates_can_be_named() {
    let world = World::new(&[("templates/a.md", b""), ("templates/index.md", b"")]);
    assert_eq!(paths(&world.find(&["templates"])), ["templates/a.md"]);
}

#[test]
fn a_glob_can_be_named_where_no_shell_resolved_it() {
    let world = World::new(&[("x/a.md", b""), ("x/y/b.md", b""), ("x/template.md", b"")]);
    assert_eq!(paths(&world.find(&["x/*.md"])), ["x/a.md"]);
    assert_eq!(paths(&world.find(&["x/**/*.md"])), ["x/a.md", "x/y/b.md"]);
    let none = world.find(&["z/*.md", "x/{a"]);
    assert!(none.problems[0].message.contains("matches no file"));
    assert!(none.problems[1].message.contains("no glob"));
}

#[test]
fn g7_one_bad_path_never_hides_the_others() {
    let world = World::new(&[
        ("postmortems/a.md", b"fine"),
        ("postmortems/binary.md", b"\x00\x01"),
        ("postmortems/latin.md", b"caf\xe9"),
        ("postmortems/wide.md", b"\xff\xfea\x00"),
        ("postmortems/z.md", b""),
    ]);
    let found = world.find(&[]);
    assert_eq!(paths(&found), ["postmortems/a.md", "postmortems/z.md"]);
    assert_eq!(found.problems.len(), 3);
    for problem in &found.problems {
        assert!(problem.message.starts_with(&problem.path), "{problem:?}");
    }
    let named = world.find(&[
        "missing.md",
        "postmortems/z.md",
        "/none/x.md",
        "postmortems",
    ]);
    assert_eq!(paths(&named), ["postmortems/a.md", "postmortems/z.md"]);
    let named: Vec<&str> = named.problems.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(named[..2], ["missing.md", "/none/x.md"]);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_repository_is_not_read() {
    let world = World::new(&[("postmortems/a.md", b"")]);
    let away = World::new(&[("secret.md", b"theirs")]);
    let secret = away.0.path().join("secret.md");
    let link = world.0.path().join("postmortems/secret.md");
    std::os::unix::fs::symlink(secret, link).expect("linked");
    assert_eq!(paths(&world.find(&[])), ["postmortems/a.md"]);
    let named = world.find(&["postmortems/secret.md"]);
    assert!(named.files.is_empty());
    assert!(named.problems[0].message.contains("lies outside"));
}

#[test]
fn the_order_of_names_does_not_change_the_result() {
    let world = World::new(&[("b.md", b""), ("a.md", b"")]);
    assert_eq!(world.find(&["b.md", "a.md"]), world.find(&["a.md", "b.md"]));
}
