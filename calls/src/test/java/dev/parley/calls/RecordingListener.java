package dev.parley.calls;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told: one word for each event, and its values. */
final class RecordingListener implements CallListener {

    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void opened() {
        events.add("opened");
    }

    @Override
    public void renewed() {
        events.add("renewed");
    }

    @Override
    public void restarted() {
        events.add("restarted");
    }

    @Override
    public void failed(Failure kind) {
        events.add("failed " + kind.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void turn() {
        events.add("turn");
    }

    @Override
    public void bargedIn() {
        events.add("barged in");
    }

    @Override
    public void answered(Duration afterSpeech) {
        events.add("answered " + afterSpeech.toMillis());
    }

    @Override
    public void modelBegan(Duration afterOpening) {
        events.add("model began " + afterOpening.toMillis());
    }

    @Override
    public void toolFinished(String tool, boolean failed, Duration took) {
        events.add("tool " + tool + (failed ? " failed " : " finished ") + took.toMillis());
    }

    @Override
    public void audioDropped() {
        events.add("audio dropped");
    }

    @Override
    public void resumed() {
        events.add("resumed");
    }

    @Override
    public void abandoned() {
        events.add("abandoned");
    }

    @Override
    public void used(Tokens tokens) {
        events.add("used " + tokens.inputSpeech() + " " + tokens.inputText() + " " + tokens.outputSpeech()
                + " " + tokens.outputText());
    }
}
