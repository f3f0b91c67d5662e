package dev.parley.calls.transcript;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file of one conversation, with one JSON object per line. Lines are in the order in which the texts became known; {@code turn} says
 * where a late one belongs. The file's name is the id of the conversation: the time of its first line and an unguessable number; only its owner may read it. At most
 * {@value #LARGEST} bytes.
 */
public final class Transcript {

    static final int LARGEST = 1_000_000;
    private static final String SUFFIX = ".jsonl";
    private static final Pattern NAME = Pattern.compile("(\\d{8}T\\d{6})-[0-9a-f]{16}\\.jsonl");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss")
            .withZone(ZoneOffset.UTC);
    private static final SecureRandom CHANCE = new SecureRandom();
    private static final JsonMapper JSON = new JsonMapper();

    private final Transcripts owner;
    private final String id;
    /** Used by the writer thread only, as are the fields below. */
    private @Nullable Path file;

    private long bytes;
    private boolean full;

    /** A text, or, if the role is empty, a mark that turns are superseded. */
    record Line(Instant at, int turn, String role, String text) {}

    /** Begins the transcript of the conversation with this id. */
    Transcript(Transcripts owner, String id) {
        this.owner = owner;
        this.id = id;
    }

    /** Makes the id of a conversation that begins: its time and an unguessable number. */
    static String newId(Instant at) {
        var chance = new byte[8];
        CHANCE.nextBytes(chance);
        return TIME.format(at) + "-" + HexFormat.of().formatHex(chance);
    }

    /** Whether a text can be the id of a conversation. */
    static boolean isId(String text) {
        return NAME.matcher(text + SUFFIX).matches();
    }

    /** Returns the id of the conversation: the name of its file without the ending, on all servers. */
    public String id() {
        return id;
    }

    /**
     * Adds a text and returns at once.
     *
     * @param turn number of the turn that the text belongs to, growing with time
     * @param role {@code user} or {@code assistant}
     */
    public void add(Instant at, int turn, String role, String text) {
        owner.write(this, new Line(at, turn, role, text));
    }

    /**
     * Marks the texts of this turn and of all later turns so far as superseded, and returns at once: the user went on speaking, and the
     * whole turn follows.
     */
    public void supersede(Instant at, int turn) {
        owner.write(this, new Line(at, turn, "", ""));
    }

    /** Returns when the conversation of this file began; empty if it is not a transcript file. */
    static Optional<Instant> began(Path file) {
        var name = NAME.matcher(String.valueOf(file.getFileName()));
        try {
            return name.matches() ? Optional.of(TIME.parse(name.group(1), Instant::from)) : Optional.empty();
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }

    void append(Path folder, Line line) throws IOException {
        if (full) {
            return;
        }
        Path to = file;
        if (to == null) {
            to = open(folder);
            file = to;
            bytes = Files.size(to);
        }
        byte[] json = json(line);
        full = bytes + json.length > LARGEST;
        byte[] written = full ? "{\"full\":true}\n".getBytes(StandardCharsets.UTF_8) : json;
        Files.write(to, written, StandardOpenOption.APPEND);
        bytes += written.length;
    }

    private static byte[] json(Line line) {
        var object = JSON.createObjectNode().put("at", line.at().toString()).put("turn", line.turn());
        if (line.role().isEmpty()) {
            object.put("superseded", true);
        } else {
            object.put("role", line.role()).put("text", line.text());
        }
        return (JSON.writeValueAsString(object) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the file, which exists already if the folder is shared with a server that the conversation was at before. */
    private Path open(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(folder, forOwner(folder, "rwx------"));
        }
        Path named = folder.resolve(id + SUFFIX);
        return Files.isRegularFile(named, LinkOption.NOFOLLOW_LINKS) ? named
                : Files.createFile(named, forOwner(folder, "rw-------"));
    }

    private static FileAttribute<?>[] forOwner(Path folder, String permissions) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[]{
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
