package dev.parley.calls;

import java.time.Instant;

/**
 * The state of a conversation for the operator of the server, without its content.
 *
 * @param socket   the id of its socket, or of the last one
 * @param state    a word: listening, thinking, speaking, …; {@code away} when its browser is waited for, {@code in line} when it waits
 *                 for a stream
 * @param since    when its first stream was asked for
 * @param turns    number of times that the user said or typed something that wants an answer
 * @param bargeIns number of times that the user spoke over the assistant
 * @param drops    pieces of the user's speech that were dropped, since the call had too much to do
 */
public record CallView(String socket, String state, Instant since, int turns, int bargeIns, long drops) {}
