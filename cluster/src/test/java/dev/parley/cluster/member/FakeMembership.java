package dev.parley.cluster.member;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A membership that changes when a test says so. Safe from any thread. */
public class FakeMembership implements Membership {
    private final Member self;
    private final Map<String, Member> others = new ConcurrentHashMap<>();
    private final Set<String> left = ConcurrentHashMap.newKeySet();
    /** How often it was asked to refresh. */
    public final AtomicInteger refreshes = new AtomicInteger();
    /** What a refresh brings. */
    public volatile Runnable onRefresh = () -> {};
    /** Whether Redis does not respond. */
    public volatile boolean away;
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
            left.add(tag);
            listeners.forEach(each -> each.left(member, inOrder));
        }
    }

    @Override
    public Member self() {
        return self;
    }

    @Override
    public List<Member> members() {
        var all = new ArrayList<>(others.values());
        all.add(self);
        all.sort(Comparator.comparing(Member::tag));
        return List.copyOf(all);
    }

    @Override
    public Optional<Member> find(String tag) {
        return Optional.ofNullable(others.get(tag));
    }

    @Override
    public boolean hasLeft(String tag) {
        return left.contains(tag);
    }

    @Override
    public void refresh(Consumer<Boolean> then) {
        refreshes.incrementAndGet();
        onRefresh.run();
        then.accept(!away);
    }

    @Override
    public void addListener(Listener listener) {
        listeners.add(listener);
    }
}
