package dev.parley.cluster.member;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Where the members of a cluster are kept: Redis, whose clock alone decides who lives. Safe from any thread; no method blocks. */
public interface MemberStore {
    /**
     * The state of the store at one time.
     *
     * @param millis the store's clock
     * @param clash  whether another instance that lives has the tag
     * @param alive  the texts of the members that live, by tag
     * @param left   the tags of those that left in order
     * @param dead   the tags of those whose lifetime has expired
     */
    record View(long millis, boolean clash, Map<String, String> alive, Set<String> left, Set<String> dead) {
        /** Copies the collections. */
        public View {
            alive = Map.copyOf(alive);
            left = Set.copyOf(left);
            dead = Set.copyOf(dead);
        }
    }

    /** Says that a member lives, and asks who else does. Completes on any thread; exceptionally when the store is away. */
    CompletionStage<View> beat(Member self);

    /** Removes a member that leaves in order. */
    CompletionStage<Void> leave(Member self);

    /** Ends the connections of a member that died, which the store may take for alive: it counts no more as a subscriber. */
    CompletionStage<Void> disconnect(Member dead);

    /** Tells the other members that there is news. If that fails, they notice with their next beat. */
    void announce();

    /** Calls back when a member has announced news; ends when closed. */
    AutoCloseable onNews(Runnable listener);
}
