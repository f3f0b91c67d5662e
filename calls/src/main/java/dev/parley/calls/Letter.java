package dev.parley.calls;

import dev.parley.calls.browser.BrowserConnection;
import dev.parley.calls.state.CallState;
import dev.parley.voice.contract.Acknowledgement;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.ResumeRequest;
import dev.parley.voice.conversation.Input;
import java.util.Optional;
import java.util.function.Consumer;

/** A letter in the mailbox of a {@link Call}. */
sealed interface Letter {

    /**
     * A command of the browser.
     *
     * @param acknowledge called with the acknowledgement, if the browser wants one
     */
    record Asked(BrowserConnection from, BrowserCommand command, boolean wantsAck,
            Consumer<Acknowledgement> acknowledge) implements Letter {}

    /** Something else than the browser has news. */
    record Told(Input input) implements Letter {}

    /** The position in the queue for this stream; 0 is that there is room for it. */
    record Position(int stream, int position) implements Letter {}

    /** This stream has used as much as it may. */
    record Limit(int stream, String message) implements Letter {}

    /** The browser is no longer on this connection. */
    record Gone(BrowserConnection connection, String reason) implements Letter {}

    /** The browser is there again, on this connection. */
    record Back(BrowserConnection connection, BrowserCommand.Initialize asked, ResumeRequest resume,
            Consumer<Acknowledgement> acknowledge) implements Letter {}

    /** Time to send silence to the model for a browser that is away. */
    record Silence() implements Letter {}

    /** The call waits for its browser no longer. */
    record GiveUp() implements Letter {}

    /** Clients are moved to other servers from now on. */
    record Drain() implements Letter {}

    /** The server ends. */
    record Shutdown(String reason) implements Letter {}

    /** The state of the call may have to be stored now. */
    record Keep() implements Letter {}

    /** The state of the call was stored, or could not be. */
    record Kept(CallKeeper.Outcome outcome) implements Letter {}

    /** The browser is back, and the store of calls has said whether this server still has the call. */
    record Confirmed(Back back, CallKeeper.Outcome outcome) implements Letter {}

    /** The state of the call that the browser asked for with this letter, if another server stored one. */
    record Fetched(Asked letter, BrowserCommand.Initialize asked, ResumeRequest resume,
            Optional<CallState> state) implements Letter {}
}
