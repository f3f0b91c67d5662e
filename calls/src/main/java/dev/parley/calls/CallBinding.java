package dev.parley.calls;

import dev.parley.calls.browser.BrowserConnection;
import dev.parley.voice.contract.Acknowledgement;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.ResumeRequest;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Binds a connected browser to the call that its commands belong to. That is a call of its own, until it shows the token of a call that it
 * was in before. Commands come from one thread at a time, in order; never waits.
 */
final class CallBinding {

    private final Calls calls;
    private final BrowserConnection connection;
    private volatile Call call;

    CallBinding(Calls calls, BrowserConnection connection) {
        this.calls = calls;
        this.connection = connection;
        this.call = calls.connect(connection);
    }

    /** @param acknowledge called with the acknowledgement, if the browser wants one */
    void browser(BrowserCommand command, boolean wantsAck, Consumer<Acknowledgement> acknowledge) {
        if (!(command instanceof BrowserCommand.Initialize asked && asked.resume() != null
                && movesTo(asked, asked.resume(), acknowledge))) {
            call.browser(connection, command, wantsAck, acknowledge);
        }
    }

    /** The browser has disconnected. */
    void gone(String reason) {
        call.gone(connection, reason);
    }

    private boolean movesTo(BrowserCommand.Initialize asked, ResumeRequest resume,
            Consumer<Acknowledgement> acknowledge) {
        Optional<Call> former = Optional.ofNullable(resume.token()).flatMap(calls::find);
        if (former.isEmpty() || former.get() == call
                || !former.get().comeBack(connection, asked, resume, acknowledge)) {
            return false;
        }
        call.gone(connection, "went on with another conversation");
        call = former.get();
        return true;
    }
}
