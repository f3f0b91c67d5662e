package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Handshake;
import dev.parley.doctor.wire.WebSocketLine.Frame;
import dev.parley.doctor.wire.WireException;
import java.util.List;
import java.util.Optional;

/** A WebSocket with no polling before. */
public final class WebSocketProbe implements Probe {

    @Override
    public String title() {
        return "WebSocket";
    }

    @Override
    public List<Evidence> examine(Caller caller) {
        var knock = WebSocketSession.Knock.on(caller, Optional.empty(), new Jar());
        var line = knock.line();
        Optional<Handshake> handshake = Optional.empty();
        long opened = System.nanoTime();
        if (line != null) {
            try (line) {
                handshake = line.read(caller.answer()) instanceof Frame.Text text
                        ? Handshake.read(text.text())
                        : Optional.empty();
            } catch (WireException e) {
                handshake = Optional.empty();
            }
        }
        return List.of(new Evidence.WebSocket(knock.outcome(), handshake, Caller.since(opened)));
    }
}
