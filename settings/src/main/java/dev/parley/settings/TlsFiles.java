package dev.parley.settings;

import java.nio.file.Path;

/** The PEM files of the server's TLS: the certificate with its chain, and the private key. */
public record TlsFiles(Path certificate, Path key) {}
