//! How the network is reached, as the environment says: through which proxy, and which authorities are trusted.

use std::{fmt, path::PathBuf};

use rustls_native_certs::{CertificateResult, load_certs_from_paths, load_native_certs};

use super::HostError;

/// A certificate of an authority, as rustls takes it.
pub use rustls::pki_types::CertificateDer as Certificate;

/// What the environment says about the way to a host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// The proxy for https; plain http never leaves this machine.
    pub proxy: Option<Proxy>,
    /// Hosts that are reached without the proxy, separated by commas.
    pub direct: String,
    /// Which authorities are trusted.
    pub trust: Trust,
}

/// The address of a proxy. It may hold a password, so nothing shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    /// The variable that names it.
    pub variable: &'static str,
    /// The address as given.
    pub address: String,
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "*** in {}", self.variable)
    }
}

/// Where the certificates of trusted authorities are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    /// `SSL_CERT_FILE`, which takes the place of the system's own.
    pub file: Option<PathBuf>,
    /// `SSL_CERT_DIR`, which does too.
    pub folders: Vec<PathBuf>,
    /// `NODE_EXTRA_CA_CERTS`, which adds to them. Actions in JavaScript need it behind a private authority, so that
    /// runners there have it already.
    /// <https://docs.github.com/enterprise-server/admin/managing-github-actions-for-your-enterprise/advanced-configuration-and-troubleshooting/troubleshooting-github-actions-for-your-enterprise>
    pub extra: Option<PathBuf>,
}

impl Trust {
    /// The certificates of all trusted authorities.
    ///
    /// # Errors
    /// A place that a variable names and that holds none, or a system without any.
    pub fn certificates(&self) -> Result<Vec<Certificate<'static>>, HostError> {
        let mut found = Vec::new();
        if let Some(file) = &self.file {
            found.extend(named(
                "SSL_CERT_FILE",
                file,
                load_certs_from_paths(Some(file), None),
            )?);
        }
        for folder in &self.folders {
            let held = load_certs_from_paths(None, Some(folder));
            found.extend(named("SSL_CERT_DIR", folder, held)?);
        }
        if self.file.is_none() && self.folders.is_empty() {
            found.extend(load_native_certs().certs);
        }
        if let Some(file) = &self.extra {
            let held = load_certs_from_paths(Some(file), None);
            found.extend(named("NODE_EXTRA_CA_CERTS", file, held)?);
        }
        if found.is_empty() {
            return Err(HostError::NoAuthorities);
        }
        Ok(found)
    }
}

/// The certificates at `place`, which `variable` names. One bad file among the good ones of a folder is passed over.
fn named(
    variable: &'static str,
    place: &std::path::Path,
    held: CertificateResult,
) -> Result<Vec<Certificate<'static>>, HostError> {
    if !held.certs.is_empty() {
        return Ok(held.certs);
    }
    let cause = held.errors.first().map(ToString::to_string);
    let cause = cause.map_or_else(String::new, |cause| format!(" ({cause})"));
    let detail = format!(
        "names {}, which holds no certificate that can be read{cause}. Name one or more certificates in PEM format",
        place.display()
    );
    Err(HostError::Variable {
        name: variable,
        detail,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g8_the_password_of_a_proxy_is_shown_by_nothing() {
        let network = Network {
            proxy: Some(Proxy {
                variable: "HTTPS_PROXY",
                address: "http://user:pa55@proxy.example:3128".into(),
            }),
            ..Network::default()
        };
        assert!(!format!("{network:?} {network:#?}").contains("pa55"));
    }

    #[test]
    fn a_variable_that_names_no_certificate_is_told_by_its_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let empty = folder.path().join("none.pem");
        std::fs::write(&empty, "no certificate").expect("written");
        let missing = folder.path().join("missing.pem");
        let at = |path: &PathBuf| Some(path.clone());
        let cases = [
            (
                "SSL_CERT_FILE",
                Trust {
                    file: at(&empty),
                    ..Trust::default()
                },
            ),
            (
                "SSL_CERT_FILE",
                Trust {
                    file: at(&missing),
                    ..Trust::default()
                },
            ),
            (
                "SSL_CERT_DIR",
                Trust {
                    folders: vec![missing.clone()],
                    ..Trust::default()
                },
            ),
        ];
        for (variable, trust) in cases {
            let error = trust.certificates().expect_err(variable).to_string();
            assert!(error.contains(variable) && error.contains("PEM"), "{error}");
        }
    }
}
