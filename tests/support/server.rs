//! A server on this computer that answers as it is told, and remembers what it was asked.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A server. It ends with the tests.
pub struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

/// A request.
pub struct Request {
    /// The path, with the query.
    pub path: String,
    /// All of the head, in small letters.
    pub head: String,
    /// The server's own address, without a slash at its end.
    pub server: String,
}

impl Server {
    /// A server that does this with a request, and where its answer goes.
    pub fn new(answer: impl Fn(&Request, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static) -> Self {
        let answer = Arc::new(answer);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let remembered = Arc::clone(&asked);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let (remembered, answer) = (Arc::clone(&remembered), Arc::clone(&answer));
                std::thread::spawn(move || {
                    let head = head(&mut stream);
                    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                    remembered.lock().expect("no panic").push(head.clone());
                    let request = Request {
                        path,
                        head: head.to_ascii_lowercase(),
                        server: format!("http://127.0.0.1:{port}"),
                    };
                    // Whoever asked may have gone away: that is what some tests are about.
                    let _ = answer(&request, &mut stream);
                });
            }
        });
        Self { port, asked }
    }

    /// The address of a path that begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The heads of all requests, in their order.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no panic").clone()
    }
}

fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => break,
            Ok(read) => head.extend_from_slice(&buffer[..read]),
        }
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// An answer of one piece, with these lines in its head.
pub fn send(stream: &mut TcpStream, status: &str, lines: &str, body: &[u8]) -> io::Result<()> {
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{lines}\r\n")?;
    stream.write_all(body)?;
    stream.flush()
}

/// A page that is found.
pub fn page(stream: &mut TcpStream, kind: &str, body: &[u8]) -> io::Result<()> {
    send(stream, "200 OK", &format!("Content-Type: {kind}\r\n"), body)
}
