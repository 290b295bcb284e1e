//! What a printer says is from outside too: whatever it is, printing ends in a message,
//! soon, and a letter that may have been taken is never called not printed.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output};
use std::thread;
use std::time::Duration;

/// A print server that gives each question its next answer, the last one for ever.
fn serve(answers: &'static [fn(&mut TcpStream)]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for (number, connection) in listener.incoming().enumerate() {
            let Ok(mut connection) = connection else { return };
            hear(&mut connection);
            answers[number.min(answers.len() - 1)](&mut connection);
        }
    });
    address
}

/// Reads a question to its end, as far as its length says.
fn hear(connection: &mut TcpStream) {
    let mut heard = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(length) = connection.read(&mut piece)
        && length > 0
    {
        heard.extend(&piece[..length]);
        let text = String::from_utf8_lossy(&heard);
        let Some((lines, _)) = text.split_once("\r\n\r\n") else { continue };
        let length = lines.lines().find_map(|line| line.strip_prefix("Content-Length: "));
        let wanted: usize = length.unwrap().parse().unwrap();
        if heard.len() >= lines.len() + 4 + wanted {
            return;
        }
    }
}

fn asked(address: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let output: Output = Command::new(env!("CARGO_BIN_EXE_rationale"))
        .args(arguments)
        .env("CUPS_SERVER", address)
        .env("RATIONALE_DATA", folder.path())
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// An attribute as it is sent.
fn attribute(tag: u8, name: &str, value: &[u8]) -> Vec<u8> {
    let length = |bytes: &[u8]| u16::try_from(bytes.len()).unwrap().to_be_bytes();
    [&[tag][..], &length(name.as_bytes()), name.as_bytes(), &length(value), value]
        .concat()
}

/// The beginning of an answer that all went well.
fn begun() -> Vec<u8> {
    let mut answer = b"HTTP/1.1 200 OK\r\n\r\n\x01\x01\0\0\0\0\0\x01\x01".to_vec();
    answer.extend(attribute(0x47, "attributes-charset", b"utf-8"));
    answer.extend(attribute(0x48, "attributes-natural-language", b"en"));
    answer
}

fn list_one(connection: &mut TcpStream) {
    let mut answer = begun();
    answer.push(4);
    answer.extend(attribute(0x42, "printer-name", b"Office"));
    let uri = b"ipp://localhost/printers/Office";
    answer.extend(attribute(0x45, "printer-uri-supported", uri));
    answer.extend(attribute(0x22, "printer-is-accepting-jobs", b"\x01"));
    answer.push(3);
    _ = connection.write_all(&answer);
}

fn flood(connection: &mut TcpStream) {
    _ = connection.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
    let piece = vec![b'a'; 1 << 20];
    // The program hangs up long before.
    for _ in 0..20_000 {
        if connection.write_all(&piece).is_err() {
            return;
        }
    }
    panic!("20 GB were taken");
}

fn drip(connection: &mut TcpStream) {
    _ = connection.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
    while connection.write_all(b"a").is_ok() {
        thread::sleep(Duration::from_millis(400));
    }
}

fn nested(connection: &mut TcpStream) {
    let mut answer = begun();
    answer.push(4);
    answer.extend(attribute(0x34, "media-col", b"").repeat(100_000));
    answer.push(3);
    _ = connection.write_all(&answer);
}

fn hang_up(_connection: &mut TcpStream) {}

fn nonsense(connection: &mut TcpStream) {
    _ = connection.write_all(b"HTTP/1.1 200 OK\r\n\r\nwords");
}

fn broken(connection: &mut TcpStream) {
    _ = connection.write_all(b"HTTP/1.1 500 Oh\r\n\r\n");
}

fn unknown(connection: &mut TcpStream) {
    _ = connection.write_all(b"HTTP/1.1 404 Not Found\r\n\r\n");
}

#[test]
fn a_printers_answer_ends_in_a_message_whatever_it_is() {
    let hostile: [&'static [fn(&mut TcpStream)]; 5] =
        [&[flood], &[drip], &[nested], &[hang_up], &[nonsense]];
    for answers in hostile {
        let (code, said) = asked(&serve(answers), &["print", "--list"]);
        assert_eq!(code, Some(3), "{said}");
        assert!(!said.contains("went wrong"), "{said}");
    }
}

#[test]
fn a_letter_that_a_printer_took_is_never_called_not_printed() {
    let quiet = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/quiet-letter.ron");
    let print = ["print", "--printer", "Office", quiet];
    let unclear: [&'static [fn(&mut TcpStream)]; 5] = [
        &[list_one, flood],
        &[list_one, nested],
        &[list_one, hang_up],
        &[list_one, nonsense],
        &[list_one, broken],
    ];
    for answers in unclear {
        let (code, said) = asked(&serve(answers), &print);
        assert_eq!(code, Some(3), "{said}");
        assert!(said.contains("the printer did not confirm it"), "{said}");
        assert!(said.contains("before you print again"), "{said}");
    }
    let (_, said) = asked(&serve(&[list_one, unknown]), &print);
    assert!(said.contains("is not a print service"), "{said}");
}
