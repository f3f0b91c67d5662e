package dev.parley.app;

import dev.parley.calls.CallOptions;
import dev.parley.calls.CallOptions.Defaults;
import dev.parley.calls.CallOptions.Limits;
import dev.parley.calls.CallOptions.Times;
import dev.parley.calls.CallOptions.TranscriptOptions;
import dev.parley.calls.admission.SpendingLimits;
import dev.parley.calls.admission.VisitorLimits;
import dev.parley.server.engine.ClientNetwork;
import dev.parley.settings.Settings;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import java.time.Duration;

/** Reads the options of calls from the settings. */
public final class CallSettings {

    private CallSettings() {}

    /** Returns the options of calls. */
    public static CallOptions options(Settings settings) {
        Settings.Talk talk = settings.talk();
        return new CallOptions(
                new Limits(talk.maxConversations(), talk.maxWaiting(), talk.streamQuota(),
                        talk.renewalHeadroom()),
                visitors(talk.visitors()),
                new Times(talk.inactivity(), talk.longest(), talk.reconnectWait(), talk.toolTimeout(),
                        talk.audioAhead(),
                        settings.cluster().map(Settings.Cluster::conversations).orElse(Duration.ZERO)),
                defaults(talk), spending(settings.money()), talk.data().resolve("spent.json"), talk.zone(),
                settings.transcripts()
                        .folder()
                        .map(folder -> new TranscriptOptions(folder, settings.transcripts().days())),
                settings.log().content());
    }

    private static Defaults defaults(Settings.Talk talk) {
        Settings.Style style = talk.style();
        return new Defaults(talk.voice(), talk.systemPrompt(),
                new Inference(style.maxTokens(), style.topP(), style.temperature()),
                switch (style.turnDetection()) {
                    case HIGH -> Sensitivity.HIGH;
                    case MEDIUM -> Sensitivity.MEDIUM;
                    case LOW -> Sensitivity.LOW;
                });
    }

    private static VisitorLimits visitors(Settings.Visitors most) {
        return new VisitorLimits(most.perUser(), most.perAddress(), most.perKnownAddress(),
                most.startsPerMinute(), most.timePerDay(), ClientNetwork::of);
    }

    private static SpendingLimits spending(Settings.Money money) {
        return new SpendingLimits(money.tokensPerConversation(),
                new SpendingLimits.Day(money.tokensPerDay(), money.tokensPerUser(), !money.dayIsGiven()),
                money.costPerConversation(), money.costPerDay(),
                used -> money.prices()
                        .dollars(used.inputSpeech(), used.inputText(), used.outputSpeech(),
                                used.outputText()));
    }
}
