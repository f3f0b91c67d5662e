package dev.parley.app;

import dev.parley.settings.Settings;
import dev.parley.testing.FakeModel;
import dev.parley.voice.SpeechModel;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A whole server on a port of its own, for the integration tests of other packages. */
public final class TestServer implements AutoCloseable {

    private final Models models;
    private final Parley parley;

    private TestServer(Map<String, String> settings, Models models) {
        var all = new HashMap<>(Map.of("host", "127.0.0.1", "port", "0", "max-conversations-per-address", "0",
                "max-starts-per-minute", "0", "max-handshakes-per-address", "0"));
        all.putAll(settings);
        this.models = models;
        this.parley = Parley.start(Settings.read(all, Map.of()), models);
    }

    /** Starts a server with a fake model. */
    public static TestServer start(Map<String, String> settings) {
        return start(settings, CompletableFuture.completedFuture(new FakeModel()),
                CompletableFuture.completedFuture(null));
    }

    /**
     * Starts a server with a model to come.
     *
     * @param started the model
     * @param ready   completed when the model can talk; closing the server completes it
     */
    public static TestServer start(Map<String, String> settings, CompletableFuture<SpeechModel> started,
            CompletableFuture<Void> ready) {
        return new TestServer(settings, new Models(started, ready));
    }

    public int port() {
        return parley.port();
    }

    /** Returns the fake model of a server that was started with one. */
    public FakeModel model() {
        return (FakeModel) models.started().join();
    }

    /** Returns the address of a path of the server. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    @Override
    public void close() {
        models.ready().complete(null);
        parley.close();
    }
}
