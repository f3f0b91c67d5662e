package dev.parley.bench.cluster;

import dev.parley.bench.driver.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Conversations of {@code parley talk} with three servers of the application, over polling and without affinity. Each conversation has three
 * turns: a name, a question, and what the name was. In each case but the first two something happens to the server that has the conversation,
 * in the second turn; the transcript is compared with that of one server. Used by one thread.
 */
final class TalkCases {
    private static final String HEADER = """
            | model | case | as with one server | knows what was said | went on | errors of nginx | seconds | |
            |---|---|---|---|--:|---|--:|---|""";
    private static final List<String> TEXTS = List.of("My name is Peter.", "What is seven times eight?",
            "What is my name?");
    private static final String SPEAKING = "speaking";
    private static final String ANSWERING = "the answer is coming";

    private final Path home;
    private final Path logs;
    private final String model;
    private final List<Path> recordings = new ArrayList<>();

    /** What happens to the server that has the conversation. */
    private enum Fault {
        NONE,
        KILL,
        TERM
    }

    /**
     * One case.
     *
     * @param stage begin of the line of progress in the second turn at which it happens
     */
    private record Case(String name, Fault fault, String stage) {}

    private static final List<Case> CASES = List.of(new Case("through the balancer", Fault.NONE, ""),
            new Case("kill -9 while the user speaks", Fault.KILL, SPEAKING),
            new Case("kill -9 during the answer", Fault.KILL, ANSWERING),
            new Case("SIGTERM while the user speaks", Fault.TERM, SPEAKING),
            new Case("SIGTERM during the answer", Fault.TERM, ANSWERING));

    private TalkCases(Path home, Path logs, String model) {
        this.home = home;
        this.logs = logs;
        this.model = model;
    }

    /** Runs all cases with the embedded model and with the stand-in of Nova Sonic, or with the one that is named. Returns whether all succeeded. */
    static boolean run(Path home, Path logs, List<String> models) throws InterruptedException {
        System.out.println(HEADER);
        boolean kept = true;
        for (String model : models.isEmpty() ? List.of("embedded", "nova-sonic") : models) {
            try {
                kept &= new TalkCases(home, Files.createDirectories(logs.resolve(model)), model).run();
            } catch (IOException | BenchException e) {
                System.out
                        .println("| " + model + " | | | | | | | **not finished: " + e.getMessage() + "** |");
                kept = false;
            }
        }
        return kept;
    }

    private boolean run() throws IOException, InterruptedException {
        for (int i = 0; i < TEXTS.size(); i++) {
            recordings.add(spoken(TEXTS.get(i), logs.resolve("turn-" + (i + 1) + ".wav")));
        }
        boolean kept = true;
        try (var rig = new TalkRig(home, logs, model.equals("nova-sonic"))) {
            var expected = rig.talk("one-server", rig.direct(), recordings, line -> {});
            if (!expected.problem().isEmpty() || !knows(expected)) {
                throw new BenchException("one server alone did not do it: " + expected);
            }
            for (Case one : CASES) {
                kept &= run(rig, one, expected);
            }
        }
        return kept;
    }

    private boolean run(TalkRig rig, Case one, TalkTranscript expected)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        int errorsBefore = rig.nginx().errors().values().stream().mapToInt(Integer::intValue).sum();
        int[] ended = {-1};
        var reached = new CountDownLatch(one.fault() == Fault.NONE ? 0 : 1);
        var fault = Thread.ofVirtual().start(() -> {
            try {
                reached.await();
                ended[0] = happens(rig, one.fault());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        TalkTranscript told;
        try {
            boolean[] second = {false};
            told = rig.talk(one.name().replaceAll("\\W+", "-"), rig.balanced(), recordings, line -> {
                second[0] |= line.startsWith(SPEAKING) && line.contains("turn-2");
                if (second[0] && line.startsWith(one.stage())) {
                    reached.countDown();
                }
            });
        } finally {
            fault.interrupt();
            fault.join();
        }
        boolean same = told.heard().equals(expected.heard()) && told.answered().equals(expected.answered());
        int errors = rig.nginx().errors().values().stream().mapToInt(Integer::intValue).sum() - errorsBefore;
        boolean needsReturn = one.fault() != Fault.NONE;
        // After a kill, the sentence in the air may be lost, and nginx reports the server that is gone.
        boolean kept = told.problem().isEmpty() && knows(told) && (told.resumptions() > 0) == needsReturn
                && (one.fault() == Fault.KILL ? told.heard().equals(expected.heard()) : same && errors == 0);
        System.out.println("| " + String.join(" | ", model, one.name(), same ? "yes" : "no",
                knows(told) ? "yes" : "no", Integer.toString(told.resumptions()), Integer.toString(errors),
                Long.toString(Duration.ofNanos(System.nanoTime() - begun).toSeconds()),
                kept ? "kept" : "**broken**") + " |");
        if (!kept || !same) {
            System.out.println("  * one server: " + expected + "\n  * here:       " + told);
        }
        if (ended[0] >= 0) {
            rig.replace(ended[0]);
        }
        return kept;
    }

    /** Returns the number of the server that has ended; -1 for none. */
    private static int happens(TalkRig rig, Fault fault) throws InterruptedException {
        if (fault == Fault.NONE) {
            return -1;
        }
        TimeUnit.MILLISECONDS.sleep(500); // in the middle
        int owner = rig.owner();
        if (fault == Fault.KILL) {
            rig.kill(owner);
        } else {
            rig.terminate(owner);
        }
        return owner;
    }

    /** Whether the last answer has the name that was said in the first turn. */
    private static boolean knows(TalkTranscript told) {
        return told.answered().size() == TEXTS.size() && told.answered().getLast().contains("Peter");
    }

    private static Path spoken(String text, Path file) throws IOException, InterruptedException {
        var flite = new ProcessBuilder("flite", "-voice", "slt", "-t", text, "-o", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!flite.waitFor(1, TimeUnit.MINUTES) || flite.exitValue() != 0) {
            throw new BenchException("flite could not speak");
        }
        return file;
    }
}
