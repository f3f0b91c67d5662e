package dev.parley.app.cluster;

import dev.parley.calls.admission.BudgetExchange;
import dev.parley.calls.admission.CallBudget.Spent;
import dev.parley.cluster.ClusterScript;
import dev.parley.cluster.ClusterScripts;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The budget that the servers of a cluster share, in Redis. One script takes a server's whole state, forgets servers that have been silent for
 * {@link #LIFETIME}, and admits those who wait, in the order in which they came. Redis then knows of each server the ids of its places, and what it
 * has spent on each day; the spending of a day is kept for three days. Safe from any thread; no method blocks.
 */
public final class RedisBudget implements BudgetExchange {

    /** How long a server counts that no longer tells its state. Its places are free again afterwards. */
    private static final Duration LIFETIME = Duration.ofSeconds(12);

    private static final ClusterScript SCRIPT = ScriptFiles.load("budget.lua");
    private static final String GROUP = "budget";
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z-]{1,40}/\\d{1,18}");

    private final ClusterScripts redis;
    private final String server;
    private final Duration lifetime;

    /** @param server a name that no other server has had */
    public RedisBudget(ClusterScripts redis, String server) {
        this(redis, server, LIFETIME);
    }

    RedisBudget(ClusterScripts redis, String server, Duration lifetime) {
        this.redis = redis;
        this.server = server;
        this.lifetime = lifetime;
    }

    @Override
    public CompletionStage<Reply> exchange(Request request) {
        return run(request.day(), Integer.toString(request.places()), Integer.toString(request.maxWaiting()),
                joined(request.held()), joined(request.wanted()), Long.toString(request.spent().tokens()),
                Double.toString(request.spent().cost()), "0", joined(request.continued()),
                request.former()
                        .entrySet()
                        .stream()
                        .filter(place -> NAME.matcher(place.getValue()).matches())
                        .map(place -> place.getKey() + "=" + place.getValue())
                        .collect(Collectors.joining(",")))
                .thenApply(RedisBudget::reply);
    }

    @Override
    public String name(long id) {
        return server + "/" + id;
    }

    @Override
    public CompletionStage<Void> leave(LocalDate today, Spent spent) {
        return run(today, "0", "0", "", "", Long.toString(spent.tokens()), Double.toString(spent.cost()), "1",
                "", "").thenApply(done -> null);
    }

    private CompletionStage<List<String>> run(LocalDate day, String... state) {
        List<String> keys = Stream.of("servers", "held", "counts", "line", "tickets", "spent:" + day)
                .map(name -> redis.key(GROUP, name))
                .toList();
        return redis.run(SCRIPT, keys,
                Stream.concat(Stream.of(server, Long.toString(lifetime.toMillis())), Stream.of(state))
                        .toList());
    }

    private static Reply reply(List<String> values) {
        return new Reply(Set.copyOf(ids(values.get(0)).toList()), positions(values.get(1)),
                Set.copyOf(ids(values.get(2)).toList()), Integer.parseInt(values.get(3)),
                new Spent(Long.parseLong(values.get(4)), Double.parseDouble(values.get(5))));
    }

    private static Stream<Long> ids(String text) {
        return parts(text).map(Long::valueOf);
    }

    private static Map<Long, Integer> positions(String text) {
        return parts(text).map(part -> part.split(":", 2))
                .collect(Collectors.toMap(part -> Long.valueOf(part[0]), part -> Integer.valueOf(part[1])));
    }

    private static Stream<String> parts(String text) {
        return text.isEmpty() ? Stream.empty() : Arrays.stream(text.split(",", -1));
    }

    private static String joined(Collection<Long> ids) {
        return ids.stream().map(Object::toString).collect(Collectors.joining(","));
    }
}
