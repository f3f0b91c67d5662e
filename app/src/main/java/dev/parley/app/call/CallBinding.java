package dev.parley.app.call;

import dev.parley.voice.contract.Acknowledgement;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.ResumeRequest;
import java.util.function.Consumer;

/**
 * Binds a connected browser to the call that its commands belong to. That is a call of its own, until it shows the token of a call that it
 * was in before. Commands come from one thread at a time, in order; never waits.
 */
final class CallBinding {

    private final Calls calls;
    private final BrowserConnection line;
    private volatile Call call;

    CallBinding(Calls calls, BrowserConnection line) {
        this.calls = calls;
        this.line = line;
        this.call = calls.connect(line);
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
        Call former = token == null ? null : calls.comebacks().find(token);
        if (former == null || former == call || !former.comeBack(line, resume, acknowledge)) {
            return false;
        }
        call.gone(line, "went on with another conversation");
        call = former;
        return true;
    }
}
