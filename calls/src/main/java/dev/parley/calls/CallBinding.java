package dev.parley.calls;

import dev.parley.calls.browser.BrowserConnection;
import dev.parley.calls.visitor.Pass;
import dev.parley.voice.contract.Acknowledgement;
import dev.parley.voice.contract.BrowserCodec;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.BrowserEvent;
import dev.parley.voice.contract.ResumeRequest;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Binds a connected browser to the call that its commands belong to. That is a call of its own, until it shows the token of a call that it
 * was in before. Commands come from one thread at a time, in order; never waits.
 */
final class CallBinding {

    private static final String OVER = "This access was for one conversation, which has begun. Reload the page to get another.";

    private final Calls calls;
    private final BrowserConnection connection;
    private final Pass pass;
    private volatile Call call;

    /** Whether the visitor's right to begin a conversation has been used for the present one. Touched by one thread at a time. */
    private boolean begun;

    CallBinding(Calls calls, BrowserConnection connection) {
        this.calls = calls;
        this.connection = connection;
        this.pass = connection.admission().pass();
        this.call = calls.connect(connection);
    }

    /** @param acknowledge called with the acknowledgement, if the browser wants one */
    void browser(BrowserCommand command, boolean wantsAck, Consumer<Acknowledgement> acknowledge) {
        if (command instanceof BrowserCommand.Initialize asked && asked.resume() != null
                && movesTo(asked, asked.resume(), acknowledge)) {
            begun = true;
        } else if (mayPass(command)) {
            call.browser(connection, command, wantsAck, acknowledge);
        } else if (wantsAck) {
            acknowledge.accept(Acknowledgement.failure(OVER));
        } else {
            connection.emit(BrowserCodec.encode(new BrowserEvent.CommandFailed(OVER)));
        }
    }

    /** Uses the visitor's right to begin a conversation, if the command begins one. */
    private boolean mayPass(BrowserCommand command) {
        switch (command) {
            case BrowserCommand.NewChat _another -> {
                boolean may = pass.begin();
                begun |= may;
                return may;
            }
            case BrowserCommand.Stop _ends -> {
                begun = false;
                return true;
            }
            case BrowserCommand.Initialize(var _config, var resume) ->
                begun = begun || isElsewhere(resume) || pass.begin();
            case BrowserCommand.PromptStart _begins -> begun = begun || pass.begin();
            case BrowserCommand.SystemPrompt _begins -> begun = begun || pass.begin();
            case BrowserCommand.AudioStart _begins -> begun = begun || pass.begin();
            case BrowserCommand.Text _begins -> begun = begun || pass.begin();
            case BrowserCommand.Audio _needsOne -> {
                return true;
            }
            case BrowserCommand.Voice _harmless -> {
                return true;
            }
            case BrowserCommand.Resume _harmless -> {
                return true;
            }
            case BrowserCommand.Rejected _harmless -> {
                return true;
            }
            case BrowserCommand.Unknown _harmless -> {
                return true;
            }
        }
        return begun;
    }

    private boolean isElsewhere(@Nullable ResumeRequest resume) {
        return resume != null && resume.token() != null && calls.mayBeElsewhere(resume.token());
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
