package dev.parley.cluster;

/**
 * Counters of a member of a cluster since it joined.
 *
 * @param connected whether Redis is connected, for sending and for receiving, and refuses no channel that is needed
 * @param sent      messages that Redis has taken
 * @param dropped   messages that were not sent, or may not have been: Redis was away, or too much waited for it
 * @param received  messages that came; some adapters also receive their own
 * @param rejected  messages of others that could not be understood, or passed a limit
 * @param failed    messages of others that could not be carried out
 * @param gaps      times that the stream had lost entries before this server read them, or Redis had lost its data: clients missed broadcasts
 * @param refusedSignatures requests to the listener for other servers whose signature was missing or not valid
 */
public record ClusterStatus(boolean connected, long sent, long dropped, long received, long rejected,
        long failed, long gaps, long refusedSignatures) {}
