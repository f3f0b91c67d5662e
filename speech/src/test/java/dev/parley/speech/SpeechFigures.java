package dev.parley.speech;

import com.sun.management.OperatingSystemMXBean;
import dev.parley.speech.Clips.Clip;
import dev.parley.voice.ModelEvent.Audio;
import dev.parley.voice.ModelEvent.UserText;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Prints metrics of the embedded model at the pace of real talk. They are start-up, accuracy, latency, processor time and memory. Not a
 * test.
 */
final class SpeechFigures {

    private static final int CALLS = Integer.getInteger("calls", 1);

    private final List<Double> latencies = new ArrayList<>();
    private int errors;
    private int words;

    private SpeechFigures() {}

    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        double cpu = cpu();
        try (var model = EmbeddedModel.start(EmbeddedOptions.defaults(Clips.MODELS).withMaxStreams(64))) {
            System.out.println(model.awaitReadiness(Duration.ofSeconds(60)).message());
            System.out.printf("start-up %.2f s, processor %.2f s; voices %s%n", seconds(start), cpu() - cpu,
                    model.voices());
            System.out.println(memory());
            new SpeechFigures().talk(model);
            System.out.println(memory());
        }
    }

    private void talk(EmbeddedModel model) throws InterruptedException {
        long start = System.nanoTime();
        double cpu = cpu();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            int first = i;
            callers.add(Thread.ofVirtual().start(() -> {
                try (var call = new Call(model)) {
                    for (int k = 0; k < Clips.TEN.size(); k++) {
                        say(call, Clips.TEN.get((first + k) % Clips.TEN.size()));
                    }
                }
            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        double spent = cpu() - cpu;
        double wall = seconds(start);
        latencies.sort(Double::compare);
        System.out.printf(
                "%d at a time: word errors %d of %d (%.1f %%); end of speech to first audio p50 %.2f s, p95 %.2f s, max %.2f s%n",
                CALLS, errors, words, 100.0 * errors / words, latencies.get(latencies.size() / 2),
                latencies.get(latencies.size() * 95 / 100), latencies.getLast());
        System.out.printf("processor %.3f s per second of conversation (%.0f s)%n", spent / wall / CALLS,
                wall);
    }

    private void say(Call call, Clip clip) {
        int texts = call.all(UserText.class).size();
        short[] samples = Clips.samples(clip.name());
        int end = samples.length;
        while (Math.abs(samples[end - 1]) < 300) {
            end--;
        }
        call.speak(java.util.Arrays.copyOf(samples, end));
        long spoken = System.nanoTime();
        call.listenUntil(
                it -> it.all(UserText.class).size() > texts && it.first(Audio.class, spoken).isPresent());
        long audio = call.first(Audio.class, spoken).orElseThrow();
        long quiet = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        call.listenUntil(it -> System.nanoTime() > quiet);
        String heard = String.join(" ",
                call.all(UserText.class).stream().skip(texts).map(UserText::text).toList());
        synchronized (this) {
            errors += WordErrors.between(clip.text(), heard);
            words += WordErrors.words(clip.text()).size();
            latencies.add((audio - spoken) / 1e9);
            System.out.printf("%.2f s  %s%n", (audio - spoken) / 1e9, heard);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static double cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime()
                / 1e9;
    }

    private static String memory() throws IOException {
        return String.join(" ",
                Files.readAllLines(Path.of("/proc/self/status"))
                        .stream()
                        .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
                        .toList());
    }
}
