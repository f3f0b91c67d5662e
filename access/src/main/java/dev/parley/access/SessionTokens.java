package dev.parley.access;

import dev.parley.access.AccessDeniedException.Reason;
import dev.parley.calls.visitor.Grant;
import dev.parley.calls.visitor.Pass;
import dev.parley.calls.visitor.Visitor;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tokens for one conversation, which the backend of a site requests for its visitors: signed texts with what the conversation may be. A token must be used
 * within {@link #UNUSED}; from its first use it is valid for the conversation's length, for that conversation and its reconnections. Keeps the uses of at
 * most {@value #LIMIT} tokens, and forgets the oldest. Thread-safe.
 */
public final class SessionTokens {

    /** How long a token waits for its first use. */
    public static final Duration UNUSED = Duration.ofMinutes(5);

    /** The length of a conversation for which the backend sets none. */
    public static final Duration LENGTH = Duration.ofHours(1);

    private static final int LIMIT = 100_000;
    /** What a signed text may have, without its signature. */
    private static final int LONGEST = 2_900;
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PREFIX = "ps_";

    private final SignedText signer;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Use> uses = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Use> eldest) {
            return size() > LIMIT;
        }
    };

    /** The use of a token: since when, and whether its conversation has begun. */
    private record Use(Instant since, AtomicBoolean begun) {}

    /**
     * What a backend requests.
     *
     * @param user   the name by which limits know the visitor; empty if only the token counts
     * @param length of the conversation, from the token's first use
     */
    public record Request(String user, Duration length, Grant grant) {}

    /** A new token, and when it expires if it is not used. */
    public record Issued(String token, Instant until) {
        /** Contains no secret. */
        @Override
        public String toString() {
            return "Issued[until=" + until + "]";
        }
    }

    /** @param secrets the first signs, each verifies */
    public SessionTokens(List<String> secrets, InstantSource clock) {
        this.signer = SignedText.of("session token", secrets);
        this.clock = clock;
    }

    /**
     * Creates a token.
     *
     * @throws IllegalArgumentException if the request is too long for a token; the message says so
     */
    public Issued issue(Request request) {
        byte[] bytes = new byte[15];
        random.nextBytes(bytes);
        Instant until = clock.instant().plus(UNUSED);
        var content = JSON.createObjectNode()
                .put("id", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
                .put("until", until.getEpochSecond())
                .put("seconds", request.length().toSeconds());
        if (!request.user().isEmpty()) {
            content.put("user", request.user());
        }
        request.grant().persona().ifPresent(persona -> content.put("persona", persona));
        request.grant().voice().ifPresent(voice -> content.put("voice", voice));
        request.grant().tools().ifPresent(tools -> {
            var list = content.putArray("tools");
            tools.forEach(list::add);
        });
        String text = JSON.writeValueAsString(content);
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "the request is too long for a token: at most " + LONGEST + " characters as JSON");
        }
        return new Issued(PREFIX + signer.sign(text), until);
    }

    /** Returns whether a text looks like one of these tokens. */
    static boolean isOne(String token) {
        return token.startsWith(PREFIX);
    }

    /** Returns who shows a token. */
    Identity identify(String token, String address) throws AccessDeniedException {
        JsonNode content = signer.verify(token.substring(PREFIX.length()))
                .flatMap(SessionTokens::parsed)
                .orElseThrow(() -> new AccessDeniedException(Reason.INVALID,
                        "This access is not valid. Reload the page to get another."));
        String id = content.path("id").asString("");
        Instant now = clock.instant();
        Optional<Use> use = use(id);
        Instant unused = Instant.ofEpochSecond(content.path("until").asLong());
        Instant until = use.map(Use::since)
                .orElse(now)
                .plus(Duration.ofSeconds(content.path("seconds").asLong()));
        if (!now.isBefore(use.isPresent() ? until : unused)) {
            throw new AccessDeniedException(Reason.EXPIRED,
                    "This access has expired. Reload the page to get another.");
        }
        String user = content.path("user").asString("");
        return new Identity(
                new Visitor(user.isEmpty() ? "session " + id : user, address, Visitor.How.SESSION),
                Optional.of(until), Optional.of(grant(content)), () -> admit(id));
    }

    private Optional<Use> use(String id) {
        lock.lock();
        try {
            return Optional.ofNullable(uses.get(id));
        } finally {
            lock.unlock();
        }
    }

    /** A socket with this token is let in: its time begins, unless it has. Each socket has the same right to begin the conversation. */
    private Pass admit(String id) {
        lock.lock();
        try {
            Use use = uses.computeIfAbsent(id, first -> new Use(clock.instant(), new AtomicBoolean()));
            return () -> use.begun().compareAndSet(false, true);
        } finally {
            lock.unlock();
        }
    }

    private static Grant grant(JsonNode content) {
        Optional<List<String>> tools = Optional.empty();
        if (content.has("tools")) {
            var names = new ArrayList<String>();
            content.path("tools").forEach(name -> names.add(name.asString("")));
            tools = Optional.of(names);
        }
        return new Grant(text(content, "persona"), text(content, "voice"), tools);
    }

    private static Optional<String> text(JsonNode content, String name) {
        return Optional.of(content.path(name).asString("")).filter(value -> !value.isEmpty());
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }
}
