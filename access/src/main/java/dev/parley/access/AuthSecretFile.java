package dev.parley.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file with the secret that signs cookies and tokens, for a server to which none is given. Only its owner may read it. */
final class AuthSecretFile {

    private static final Logger LOG = LoggerFactory.getLogger(AuthSecretFile.class);
    private static final String NAME = "auth-secret";
    private static final int SHORTEST = 32;

    private AuthSecretFile() {}

    /** Returns the secret of the file in this folder, which is created if it is absent. If that fails, the secret lasts as long as the process. */
    static String in(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            Files.createDirectories(folder);
            return Files.exists(file) ? read(file) : create(file);
        } catch (IOException failed) {
            LOG.warn(
                    "the secret of logins cannot be kept in {}: logins and tokens end with this process ({})",
                    file, failed.getClass().getSimpleName());
            return SignedText.randomSecret();
        }
    }

    private static String create(Path file) throws IOException {
        String secret = SignedText.randomSecret();
        try {
            Files.createFile(file, ownerOnly(file));
        } catch (FileAlreadyExistsException another) {
            return read(file);
        }
        Files.writeString(file, secret + "\n", StandardCharsets.UTF_8, StandardOpenOption.WRITE);
        return secret;
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    private static String read(Path file) throws IOException {
        String secret = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (secret.length() < SHORTEST) {
            throw new IOException("too short");
        }
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && !Set.copyOf(PosixFilePermissions.fromString("rw-------"))
                        .containsAll(Files.getPosixFilePermissions(file))) {
            LOG.warn("{} can be read by others than its owner, who can then log in: chmod 600 it", file);
        }
        return secret;
    }
}
