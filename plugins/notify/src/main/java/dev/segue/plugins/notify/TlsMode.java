package dev.segue.plugins.notify;

/** How the connection to a mail server is protected. */
enum TlsMode {
  /** Not at all: for a server on the same machine. */
  NONE,
  /** Plain at first, then encrypted; a server that cannot is refused. */
  STARTTLS,
  /** Encrypted from the start. */
  TLS
}
