package dev.parley.cluster.member;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The other members of a cluster, from one view of the store to the next: returns the changes. Not thread-safe: its owner calls it from one thread at a time.
 *
 * <pre>
 * in the view              known     what happens
 * alive                    no        Joined
 * alive, drains            yes       Draining, once
 * alive, other instance    yes       Left (died), Joined: another server has the same tag
 * left, or dead            yes       Left
 * nowhere                  yes       Left (died) when it lasts: Redis may have lost its data, and members come again
 * </pre>
 */
final class MemberTable {
    static final int MAX_MEMBERS = 1_000;

    /** A change. */
    sealed interface Change {
        /** A server has joined. */
        record Joined(Member member) implements Change {}

        /** A server opens no more sessions. */
        record Draining(Member member) implements Change {}

        /**
         * A server has left or died.
         *
         * @param inOrder whether it left by itself
         */
        record Left(Member member, boolean inOrder) implements Change {}
    }

    private final String self;
    private final Duration absence;
    private final Map<String, Member> others = new HashMap<>();
    private final Map<String, Instant> absentSince = new HashMap<>();
    private Set<String> gone = Set.of();

    /**
     * Creates a table with no other member.
     *
     * @param self    the own tag
     * @param absence how long a member may be nowhere
     */
    MemberTable(String self, Duration absence) {
        this.self = self;
        this.absence = absence;
    }

    /** Handles a view and returns the changes, in order. */
    List<Change> on(MemberStore.View view, Instant now) {
        var changes = new ArrayList<Change>();
        for (Member known : List.copyOf(others.values())) {
            if (!view.alive().containsKey(known.tag())) {
                missing(known, view, now).ifPresent(changes::add);
            }
        }
        view.alive().forEach((tag, text) -> {
            if (!tag.equals(self)) {
                Member.parse(tag, text).ifPresent(member -> alive(member, changes));
            }
        });
        var gones = new HashSet<>(view.left());
        gones.addAll(view.dead());
        gones.removeAll(view.alive().keySet());
        gone = gones;
        return changes;
    }

    private void alive(Member member, List<Change> changes) {
        absentSince.remove(member.tag());
        var before = others.get(member.tag());
        if (before != null && !before.instance().equals(member.instance())) {
            changes.add(new Change.Left(before, false));
            before = null;
            others.remove(member.tag());
        }
        if (before == null && others.size() >= MAX_MEMBERS) {
            return;
        }
        others.put(member.tag(), member);
        if (before == null) {
            changes.add(new Change.Joined(member));
        } else if (member.draining() && !before.draining()) {
            changes.add(new Change.Draining(member));
        }
    }

    private Optional<Change> missing(Member known, MemberStore.View view, Instant now) {
        String tag = known.tag();
        boolean left = view.left().contains(tag);
        if (!left && !view.dead().contains(tag)) {
            var since = absentSince.computeIfAbsent(tag, name -> now);
            if (now.isBefore(since.plus(absence))) {
                return Optional.empty();
            }
        }
        absentSince.remove(tag);
        others.remove(tag);
        return Optional.of(new Change.Left(known, left));
    }

    /** Returns the other members by tag. */
    Map<String, Member> others() {
        return Map.copyOf(others);
    }

    /** Returns the tags of those that have left or died lately. */
    Set<String> gone() {
        return Set.copyOf(gone);
    }
}
