//! Opens connections: directly, or through the proxy that the environment names.

use std::{
    error::Error,
    fmt::Write as _,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use http::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::{
    client::{
        legacy::connect::{HttpConnector, proxy::Tunnel},
        proxy::matcher::{Intercept, Matcher},
    },
    rt::TokioIo,
};
use rustls::ClientConfig;
use thiserror::Error;
use tokio::net::TcpStream;
use tower_service::Service;

use super::barrier::words;
use crate::host::{HostError, Network};

/// The way to every host.
#[derive(Clone)]
pub(super) struct Way {
    network: Network,
    direct: HttpConnector,
    /// To the proxy itself, which may be reached by https too.
    to_proxy: HttpsConnector<HttpConnector>,
}

/// A connection that the proxy did not open.
#[derive(Debug, Error)]
#[error("the proxy {place}, named in {variable}, {detail}")]
pub(super) struct ProxyError {
    place: String,
    variable: &'static str,
    detail: String,
    /// Whether the same would happen again.
    pub(super) lasting: bool,
}

impl Way {
    pub(super) fn new(network: &Network, tls: &ClientConfig) -> Self {
        let mut direct = HttpConnector::new();
        direct.enforce_http(false);
        Self {
            network: network.clone(),
            to_proxy: HttpsConnector::from((direct.clone(), tls.clone())),
            direct,
        }
    }
}

/// The proxy through which `to` is reached; `None` where it is reached directly. Plain http is: a token goes over it to
/// this machine alone, and what `HTTP_PROXY` says may come from a stranger's request header where this runs as CGI.
///
/// # Errors
/// An address that is none of a proxy. It is not shown, since it may hold a password.
pub(super) fn proxy_for(network: &Network, to: &Uri) -> Result<Option<Intercept>, HostError> {
    let Some(proxy) = network
        .proxy
        .as_ref()
        .filter(|_| to.scheme_str() == Some("https"))
    else {
        return Ok(None);
    };
    let goes_direct = Matcher::builder()
        .all("direct")
        .no(hosts(&network.direct, to));
    // The matcher takes `*` for every name and for no address.
    if network.direct.trim() == "*" || goes_direct.build().intercept(to).is_none() {
        return Ok(None);
    }
    let found = Matcher::builder()
        .all(proxy.address.clone())
        .build()
        .intercept(to);
    let wrong = match found.as_ref().map(|found| found.uri().scheme_str()) {
        Some(Some("http" | "https")) => return Ok(found),
        Some(_) => "is a proxy by SOCKS, which is not supported. Name one by http",
        None => {
            "is no address of a proxy. Write it as in http://proxy.example:3128 or \
             http://user:password@proxy.example:3128, with %40 for an @ in the password"
        }
    };
    Err(HostError::Variable {
        name: proxy.variable,
        detail: wrong.to_owned(),
    })
}

/// The entries of `NO_PROXY` that can concern `to`, in the form that the matcher knows: without port, which GitHub's
/// runner allows, and with a dot in the place of `*.`.
fn hosts(direct: &str, to: &Uri) -> String {
    let port = to.port_u16().unwrap_or(443);
    let mut hosts = String::new();
    for entry in direct.split([',', ' ']).map(str::trim) {
        let host = match entry.rsplit_once(':') {
            // More than one colon is an address of IPv6 without a port.
            Some((host, asked)) if !host.contains(':') || host.ends_with(']') => {
                if asked.parse() != Ok(port) {
                    continue;
                }
                host
            }
            _ => entry,
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let host = host
            .strip_prefix('*')
            .filter(|rest| rest.starts_with('.'))
            .unwrap_or(host);
        // Writing into a string cannot fail.
        let _ = write!(hosts, "{host},");
    }
    hosts
}

type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;
type AnyError = Box<dyn Error + Send + Sync>;

impl Service<Uri> for Way {
    type Response = Stream;
    type Error = AnyError;
    type Future = Pin<Box<dyn Future<Output = Result<Stream, AnyError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), AnyError>> {
        self.direct.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let intercept = match proxy_for(&self.network, &to) {
            Ok(Some(intercept)) => intercept,
            Ok(None) => {
                let direct = self.direct.call(to);
                return Box::pin(async { Ok(MaybeHttpsStream::Http(direct.await?)) });
            }
            Err(error) => return Box::pin(async { Err(error.into()) }),
        };
        let mut tunnel = Tunnel::new(intercept.uri().clone(), self.to_proxy.clone());
        if let Some(password) = intercept.basic_auth() {
            tunnel = tunnel.with_auth(password.clone());
        }
        let opening = tunnel.call(to);
        let variable = self
            .network
            .proxy
            .as_ref()
            .map_or("", |proxy| proxy.variable);
        Box::pin(async move {
            opening.await.map_err(|error| {
                let (detail, lasting) = told(&error);
                let place = intercept.uri().authority().map(ToString::to_string);
                ProxyError {
                    place: place.unwrap_or_default(),
                    variable,
                    detail,
                    lasting,
                }
                .into()
            })
        })
    }
}

/// What keeps a proxy from opening a connection, and whether it would do so again.
fn told(error: &(dyn Error + 'static)) -> (String, bool) {
    let text = error.to_string();
    // The library's type is not public.
    if text.contains("proxy authorization required") {
        let remedy = "wants a user name and a password that are right. Put them into its address";
        return (remedy.to_owned(), true);
    }
    match words(error) {
        (cause, lasting) if error.source().is_some() => {
            (format!("cannot be reached: {cause}"), lasting)
        }
        _ => (
            "refuses to open a connection to the host. Ask those who run it to allow that".into(),
            true,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::network::Proxy;

    fn network(address: &str, direct: &str) -> Network {
        Network {
            proxy: Some(Proxy {
                variable: "HTTPS_PROXY",
                address: address.into(),
            }),
            direct: direct.into(),
            ..Network::default()
        }
    }

    fn uri(text: &str) -> Uri {
        text.parse().expect("an address")
    }

    #[test]
    fn hosts_ports_suffixes_and_networks_are_left_out_as_no_proxy_says() {
        let goes_direct = |direct: &str, to: &str| {
            let found = proxy_for(&network("http://proxy.example:3128", direct), &uri(to));
            found.expect("a proxy").is_none()
        };
        for (direct, to) in [
            ("*", "https://ghe.example"),
            (" * ", "https://10.1.2.3"),
            ("ghe.example", "https://ghe.example/api/v3"),
            ("GHE.example", "https://ghe.example"),
            ("a.example, ghe.example", "https://ghe.example"),
            ("a.example ghe.example", "https://ghe.example"),
            ("example", "https://ghe.example"),
            (".example", "https://ghe.example"),
            ("*.example", "https://ghe.example"),
            ("ghe.example:443", "https://ghe.example"),
            ("ghe.example:8443", "https://ghe.example:8443"),
            ("10.0.0.0/8", "https://10.1.2.3"),
            ("10.1.2.3:8443", "https://10.1.2.3:8443"),
            ("::1", "https://[::1]:8443"),
            ("[::1]:8443", "https://[::1]:8443"),
        ] {
            assert!(goes_direct(direct, to), "{direct} {to}");
        }
        for (direct, to) in [
            ("", "https://ghe.example"),
            (",", "https://ghe.example"),
            ("other.example", "https://ghe.example"),
            ("he.example", "https://ghe.example"),
            ("ghe.example:443", "https://ghe.example:8443"),
            ("ghe.example:x", "https://ghe.example"),
            ("10.0.0.0/8", "https://11.1.2.3"),
            ("*ghe", "https://ghe.example"),
        ] {
            assert!(!goes_direct(direct, to), "{direct} {to}");
        }
    }

    #[test]
    fn plain_http_on_this_machine_takes_no_proxy() {
        let network = network("http://proxy.example", "");
        let found = proxy_for(&network, &uri("http://127.0.0.1:8080"));
        assert!(found.expect("no proxy").is_none());
    }

    #[test]
    fn g8_a_wrong_address_is_told_by_its_variable_and_not_shown() {
        for address in [
            "socks5://user:pa55@proxy.example",
            "ftp://user:pa55@proxy.example",
            "http://user:pa55@",
            "http://user:pa 55@proxy.example",
            "/pa55",
        ] {
            let error = proxy_for(&network(address, ""), &uri("https://ghe.example"));
            let error = error.expect_err(address).to_string();
            assert!(error.contains("HTTPS_PROXY"), "{error}");
            assert!(
                !error.contains("pa55") && !error.contains("pa 55"),
                "{error}"
            );
        }
        let excepted = network("socks5://proxy.example", "ghe.example");
        let found = proxy_for(&excepted, &uri("https://ghe.example"));
        assert!(found.expect("not asked").is_none());
    }

    #[test]
    fn an_address_without_scheme_is_one_by_http() {
        let found = proxy_for(
            &network("proxy.example:3128", ""),
            &uri("https://ghe.example"),
        );
        let found = found.expect("an address").expect("a proxy");
        assert_eq!(found.uri(), "http://proxy.example:3128/");
    }
}
