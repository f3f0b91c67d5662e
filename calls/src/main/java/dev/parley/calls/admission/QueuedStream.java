package dev.parley.calls.admission;

import dev.parley.calls.visitor.Visitor;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelStream;
import dev.parley.voice.conversation.Effect;
import java.util.ArrayDeque;
import java.util.function.IntConsumer;

/**
 * Stands for a stream until there is room for it, and names its place afterwards. It keeps commands, at most {@value #KEPT}, and drops the oldest typed text first. It drops
 * sound, since nobody listens yet. Its owner calls it from one thread, except for {@link #number} and {@link #full}.
 */
final class QueuedStream implements ModelStream, CallBudget.Waiter {

    private static final int KEPT = 16;

    private final Effect.OpenModel wanted;
    private final CallStreams.Owner owner;
    private final Visitor visitor;
    private final String formerPlace;
    private final IntConsumer told;
    private final Runnable refused;
    private final Runnable timeOver;
    private final ArrayDeque<ModelCommand> commands = new ArrayDeque<>();

    /**
     * @param formerPlace name of the place that the conversation had at another server; "" if it had none
     * @param told    called with the position in the queue, from any thread; 0 means that the stream may be opened
     * @param refused called if there is no room in the queue, from any thread
     * @param timeOver called when the visitor has had its time of the day, from any thread
     */
    QueuedStream(Effect.OpenModel wanted, CallStreams.Owner owner, String formerPlace, IntConsumer told,
            Runnable refused, Runnable timeOver) {
        this.wanted = wanted;
        this.owner = owner;
        this.visitor = owner.visitor();
        this.formerPlace = formerPlace;
        this.told = told;
        this.refused = refused;
        this.timeOver = timeOver;
    }

    Effect.OpenModel wanted() {
        return wanted;
    }

    @Override
    public void number(int position) {
        told.accept(position);
    }

    @Override
    public void full() {
        refused.run();
    }

    @Override
    public void timeOver() {
        timeOver.run();
    }

    @Override
    public boolean isAway() {
        return owner.isAway();
    }

    @Override
    public void giveWay() {
        owner.giveUp();
    }

    @Override
    public Visitor visitor() {
        return visitor;
    }

    @Override
    public boolean continues() {
        return !wanted.settings().continues().isNone();
    }

    @Override
    public String formerPlace() {
        return formerPlace;
    }

    @Override
    public void send(ModelCommand command) {
        if (command instanceof ModelCommand.Audio) {
            return;
        }
        if (commands.size() >= KEPT) {
            commands.stream()
                    .filter(ModelCommand.Text.class::isInstance)
                    .findFirst()
                    .ifPresent(commands::remove);
        }
        if (commands.size() < KEPT) {
            commands.add(command);
        }
    }

    /** Hands the kept commands to the stream. */
    void passOn(ModelStream open) {
        commands.forEach(open::send);
        commands.clear();
    }
}
