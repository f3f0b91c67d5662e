package dev.parley.cluster.member;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A membership that changes when a test says so. Safe from any thread. */
public final class FakeMembership implements Membership {
    private final Member self;
    private final Map<String, Member> others = new ConcurrentHashMap<>();
    private final Collection<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Creates a membership with one member. */
    public FakeMembership(String tag) {
        this.self = member(tag);
    }

    /** Returns a member without an address. */
    public static Member member(String tag) {
        return new Member(tag, "instance-of-" + tag, Optional.empty(), Member.VERSION, false);
    }

    /** Another server joins, or changes. */
    public void join(Member member) {
        var before = others.put(member.tag(), member);
        if (before == null) {
            listeners.forEach(each -> each.joined(member));
        } else if (member.draining() && !before.draining()) {
            listeners.forEach(each -> each.draining(member));
        }
    }

    /** Another server leaves or dies. */
    public void leave(String tag, boolean inOrder) {
        var member = others.remove(tag);
        if (member != null) {
            listeners.forEach(each -> each.left(member, inOrder));
        }
    }

    @Override
    public Member self() {
        return self;
    }

    @Override
    public List<Member> members() {
        var all = new java.util.ArrayList<>(others.values());
        all.add(self);
        all.sort(Comparator.comparing(Member::tag));
        return List.copyOf(all);
    }

    @Override
    public void addListener(Listener listener) {
        listeners.add(listener);
    }
}
