//! What stands between a run and the fake GitHub in a company: TLS by a private authority, and a proxy.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::TcpStream,
};
use tokio_rustls::TlsAcceptor;

use super::{github::GitHub, server::Server};

/// The name that the certificate is for. Nothing resolves it: who reaches it has asked the proxy.
pub const NAME: &str = "ghe.example";

/// The fake GitHub behind TLS, with a certificate by an authority that nobody else knows.
pub struct Front {
    server: Server,
    folder: TempDir,
}

impl Front {
    /// Puts TLS in front of `github`, which calls itself by the new address from then on.
    pub fn before(github: &GitHub) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let name = folder.path().display().to_string();
        authority.distinguished_name.push(DnType::CommonName, name);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap());
        let authority = authority.unwrap();
        std::fs::write(folder.path().join("authority.pem"), authority.pem()).unwrap();
        let key = KeyPair::generate().unwrap();
        let names = vec![NAME.to_owned(), "127.0.0.1".to_owned()];
        let certificate = CertificateParams::new(names).unwrap();
        let certificate = certificate.signed_by(&key, &authority).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let tls = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        let tls = TlsAcceptor::from(Arc::new(tls));
        let plain = authority_of(&github.api_url());
        let server = Server::start(move |stream| {
            let (tls, plain) = (tls.clone(), plain.clone());
            async move {
                let mut stream = tls.accept(stream).await?;
                let mut behind = TcpStream::connect(plain).await?;
                copy_bidirectional(&mut stream, &mut behind).await?;
                io::Result::Ok(())
            }
        });
        let front = Self { server, folder };
        github.world().api = format!("{}/api/v3", front.named());
        front
    }

    /// The address by the name of the certificate, which only the proxy finds.
    pub fn named(&self) -> String {
        format!("https://{NAME}:{}", self.server.address.port())
    }

    /// The address by number.
    pub fn numbered(&self) -> String {
        format!("https://{}", self.server.address)
    }

    /// The folder that holds the authority's certificate and nothing else.
    pub fn trusted(&self) -> &Path {
        self.folder.path()
    }

    /// The authority's certificate.
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("authority.pem")
    }
}

/// A proxy that opens tunnels to [`Front`], whatever their name.
pub struct Proxy {
    server: Server,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// A proxy for everybody, or for those who send `password`, which is of the form `user:password`.
    pub fn before(front: &Front, password: Option<&str>) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let wanted = password.map(|password| {
            format!(
                "proxy-authorization: basic {}",
                BASE64_STANDARD.encode(password)
            )
        });
        let (to, log) = (front.server.address, Arc::clone(&asked));
        let server = Server::start(move |mut stream| {
            let (wanted, log) = (wanted.clone(), Arc::clone(&log));
            async move {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    head.push(stream.read_u8().await?);
                }
                let head = String::from_utf8(head).unwrap();
                log.lock()
                    .unwrap()
                    .push(head.lines().next().unwrap().to_owned());
                let sends =
                    |wanted: &String| head.lines().any(|line| line.eq_ignore_ascii_case(wanted));
                if !wanted.as_ref().is_none_or(sends) {
                    return stream
                        .write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n")
                        .await;
                }
                if !head.starts_with("CONNECT ") {
                    return stream.write_all(b"HTTP/1.1 403 Forbidden\r\n\r\n").await;
                }
                let mut behind = TcpStream::connect(to).await?;
                stream
                    .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    .await?;
                copy_bidirectional(&mut stream, &mut behind).await?;
                io::Result::Ok(())
            }
        });
        Self { server, asked }
    }

    /// Host and port.
    pub fn place(&self) -> String {
        self.server.address.to_string()
    }

    /// The first line of every request so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn authority_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap().to_owned()
}
