package dev.parley.talk;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The report of a conversation, as text or as one JSON object. Fields that end in Ms are whole milliseconds.
 *
 * @param url        of the server
 * @param connection empty without a connection
 * @param failure    why the conversation ended early
 */
record TalkReport(String url, Optional<ConnectionReport> connection, List<TurnReport> turns,
        Optional<String> failure) {

    TalkReport {
        turns = List.copyOf(turns);
    }

    /** Returns true if each recording was answered. */
    boolean ok() {
        return failure.isEmpty() && turns.stream().allMatch(turn -> turn.problem().isEmpty());
    }

    String text() {
        var out = new StringBuilder();
        for (var turn : turns) {
            line(out, turn.recording().file().toString(),
                    Percentiles.seconds(turn.recording().length()) + " of sound");
            line(out, "  heard", turn.heard().isEmpty() ? "-" : turn.heard());
            line(out, "  answered", (turn.answered().isEmpty() ? "-" : turn.answered())
                    + (turn.interrupted() ? " (interrupted)" : ""));
            if (!turn.tools().isEmpty()) {
                line(out, "  tools", String.join(", ", turn.tools()));
            }
            line(out, "  latency",
                    "text " + millis(turn.userText()) + ", sound " + millis(turn.firstAudio())
                            + " after the end of speech; answer " + Percentiles.millis(turn.answerNanos())
                            + " ms long");
        }
        connection.ifPresent(made -> line(out, "connection", describe(made)));
        if (turns.size() > 1) {
            line(out, "latency", "text " + summary(TurnReport::userText) + "; sound "
                    + summary(TurnReport::firstAudio) + " (" + turns.size() + " turns)");
        }
        return out.toString();
    }

    String json() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("ok", ok());
        root.put("url", url);
        if (failure.isPresent()) {
            root.put("error", failure.get());
        } else {
            root.putNull("error");
        }
        connection.ifPresent(made -> {
            var node = root.putObject("connection");
            node.put("transport", made.transport());
            node.put("firstTransport", made.first());
            node.put("connectMs", made.connect().toMillis());
            made.upgraded()
                    .ifPresentOrElse(after -> node.put("upgradedMs", after.toMillis()),
                            () -> node.putNull("upgradedMs"));
            if (!made.upgradeFailure().isEmpty()) {
                node.put("upgradeError", made.upgradeFailure());
            }
            if (made.resumptions() > 0) {
                node.put("resumptions", made.resumptions());
            }
        });
        var list = root.putArray("turns");
        turns.forEach(turn -> turn(list.addObject(), turn));
        var latency = root.putObject("latency");
        percentiles(latency.putObject("finalUserText"), TurnReport::userText);
        percentiles(latency.putObject("firstAudio"), TurnReport::firstAudio);
        return root.toPrettyString();
    }

    private static void turn(ObjectNode node, TurnReport turn) {
        node.put("file", turn.recording().file().toString());
        node.put("durationMs", turn.recording().length().toMillis());
        node.put("speechMs", turn.recording().speech().toMillis());
        node.put("heard", turn.heard());
        node.put("answered", turn.answered());
        var tools = node.putArray("tools");
        turn.tools().forEach(tools::add);
        put(node, "finalUserTextMs", turn.userText());
        put(node, "firstAudioMs", turn.firstAudio());
        node.put("answerMs", Percentiles.millis(turn.answerNanos()));
        node.put("complete", turn.complete());
        node.put("interrupted", turn.interrupted());
        turn.problem().ifPresentOrElse(problem -> node.put("error", problem), () -> node.putNull("error"));
    }

    private void percentiles(ObjectNode node, Function<TurnReport, OptionalLong> latency) {
        long[] values = values(latency);
        node.put("count", values.length);
        if (values.length > 0) {
            node.put("p50Ms", Percentiles.millis(Percentiles.percentile(values, 50)));
            node.put("p95Ms", Percentiles.millis(Percentiles.percentile(values, 95)));
        }
    }

    private String summary(Function<TurnReport, OptionalLong> latency) {
        long[] values = values(latency);
        return values.length == 0 ? "none"
                : "p50 " + Percentiles.millis(Percentiles.percentile(values, 50)) + " ms, p95 "
                        + Percentiles.millis(Percentiles.percentile(values, 95)) + " ms";
    }

    private long[] values(Function<TurnReport, OptionalLong> latency) {
        return turns.stream()
                .map(latency)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .toArray();
    }

    private static String describe(ConnectionReport made) {
        String connected = "connected after " + made.connect().toMillis() + " ms by " + made.first()
                + (made.resumptions() == 0 ? ""
                        : "; lost " + made.resumptions() + (made.resumptions() == 1 ? " time" : " times")
                                + ", the conversation went on");
        if (made.upgraded().isPresent()) {
            return made.transport() + " (" + connected + ", upgraded after "
                    + made.upgraded().get().toMillis() + " ms)";
        }
        return made.transport() + " (" + connected
                + (made.upgradeFailure().isEmpty() ? "" : "; not upgraded: " + made.upgradeFailure()) + ")";
    }

    private static String millis(OptionalLong nanos) {
        return nanos.isPresent() ? Percentiles.millis(nanos.getAsLong()) + " ms" : "-";
    }

    private static void put(ObjectNode node, String name, OptionalLong nanos) {
        if (nanos.isPresent()) {
            node.put(name, Percentiles.millis(nanos.getAsLong()));
        } else {
            node.putNull(name);
        }
    }

    private static void line(StringBuilder out, String name, String what) {
        out.append(name.length() < 12 ? String.format("%-12s", name) : name + "  ").append(what).append('\n');
    }
}
