package dev.parley.app.call;

import dev.parley.voice.contract.Acknowledgement;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.ResumeRequest;
import java.util.function.Consumer;

/**
 * A connected browser's place at the exchange: which call its events belong to. That is a call of its own, until it shows the token of one
 * that it was in before. Events come from one thread at a time, in order; never waits.
 */
final class Seat {

    private final Exchange exchange;
    private final Line line;
    private volatile Call call;

    Seat(Exchange exchange, Line line) {
        this.exchange = exchange;
        this.line = line;
        this.call = exchange.connect(line);
    }

    /** @param acknowledge takes the answer to the browser's callback, if it gave one */
    void browser(BrowserCommand command, boolean wantsAck, Consumer<Acknowledgement> acknowledge) {
        if (!(command instanceof BrowserCommand.Initialize asked && asked.resume() != null
                && movesTo(asked.resume(), acknowledge))) {
            call.browser(command, wantsAck, acknowledge);
        }
    }

    /** The browser has gone. */
    void gone(String reason) {
        call.gone(line, reason);
    }

    private boolean movesTo(ResumeRequest resume, Consumer<Acknowledgement> acknowledge) {
        String token = resume.token();
        Call former = token == null ? null : exchange.comebacks().find(token);
        if (former == null || former == call || !former.comeBack(line, resume, acknowledge)) {
            return false;
        }
        call.gone(line, "went on with another conversation");
        call = former;
        return true;
    }
}
