//! Finds out why no answer came: which cause lies deepest, and whether the same would happen again.

use std::{error::Error, io, iter};

use rustls::CertificateError::{
    Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet,
    NotValidYetContext,
};

use super::proxy::ProxyError;

/// What to do where an authority is not trusted.
const TRUST: &str = "Name a file with the certificate of that authority, in PEM format, in SSL_CERT_FILE or \
                     NODE_EXTRA_CA_CERTS";

/// The cause of `error` in words for people, and whether it would stand in the way of every further attempt.
pub(super) fn words(error: &(dyn Error + 'static)) -> (String, bool) {
    let mut text = String::new();
    for cause in iter::successors(Some(error), |error| inner(*error)) {
        if let Some(proxy) = cause.downcast_ref::<ProxyError>() {
            return (proxy.to_string(), proxy.lasting);
        }
        if let Some(rustls::Error::InvalidCertificate(flaw)) = cause.downcast_ref() {
            return (certificate(flaw), true);
        }
        text = cause.to_string();
    }
    (text, false)
}

/// What `error` holds: an error of the system hides what it was made from.
fn inner<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e (dyn Error + 'static)> {
    match error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
    {
        Some(held) => Some(held),
        None => error.source(),
    }
}

fn certificate(flaw: &rustls::CertificateError) -> String {
    match flaw {
        Expired | ExpiredContext { .. } | NotValidYet | NotValidYetContext { .. } => {
            format!(
                "its certificate is not valid today ({flaw}). Check the clock of this machine, and renew the certificate"
            )
        }
        NotValidForName | NotValidForNameContext { .. } => {
            format!("its certificate is made for another name ({flaw}). Correct the address")
        }
        _ => format!(
            "its certificate is not signed by an authority that is trusted here ({flaw:?}). {TRUST}"
        ),
    }
}
