package dev.parley.app;

import dev.parley.bedrock.NovaSonicException;
import dev.parley.bedrock.NovaSonicModel;
import dev.parley.bedrock.NovaSonicOptions;
import dev.parley.nova.ChainOptions;
import dev.parley.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/** Chooses Amazon Nova Sonic if settings and machine allow it. */
final class NovaSonic {

    private static final Duration SERVICES_LIFE = Duration.ofMinutes(8);

    private static final String STRANGERS = "the paid model is not chosen by itself while others than this machine can connect and nobody has "
            + "to log in: set --auth, or --model nova-sonic";
    private static final String UNLIMITED = "nobody has to log in, and max-tokens-per-day is 0: set a limit, or --auth";

    private NovaSonic() {}

    /**
     * The choice, with its reason.
     *
     * @param model empty if the embedded model is chosen
     * @param why   a part of a sentence, which may be shown publicly
     */
    record Choice(Optional<NovaSonicModel> model, String why) {}

    /**
     * Looks for region and credentials, unless the settings select the embedded model. May take seconds.
     *
     * @throws StartException if the settings require Nova Sonic and it is not available
     */
    static Choice choose(Settings settings) {
        return switch (settings.model().choice()) {
            case LOCAL -> new Choice(Optional.empty(), "the setting model is local");
            case NOVA_SONIC -> {
                if (!mayCost(settings)) {
                    throw new StartException("Nova Sonic costs money, " + UNLIMITED
                            + ", or choose the embedded model with --model local");
                }
                try {
                    yield found(settings, true);
                } catch (NovaSonicException cannot) {
                    throw new StartException("Nova Sonic cannot be used: " + cannot.getMessage()
                            + "; or choose the embedded model with --model local");
                }
            }
            case AUTO -> {
                if (!settings.access().isLocal() && !settings.access().authenticates()) {
                    yield new Choice(Optional.empty(), STRANGERS);
                }
                if (!mayCost(settings)) {
                    yield new Choice(Optional.empty(), UNLIMITED);
                }
                try {
                    yield found(settings, false);
                } catch (NovaSonicException cannot) {
                    yield new Choice(Optional.empty(), String.valueOf(cannot.getMessage()));
                }
            }
        };
    }

    /** A paid model needs a limit or authentication. */
    private static boolean mayCost(Settings settings) {
        return settings.access().authenticates() || !settings.access().unlimited();
    }

    private static Choice found(Settings settings, boolean askMachine) {
        var model = NovaSonicModel.create(options(settings, askMachine), new AlarmThread("nova-alarms"));
        return new Choice(Optional.of(model), model.where());
    }

    private static NovaSonicOptions options(Settings settings, boolean askMachine) {
        Settings.Nova nova = settings.model().nova();
        double factor = (double) SERVICES_LIFE.toMillis() / nova.streamLife().toMillis();
        return NovaSonicOptions.defaults()
                .withModelId(nova.modelId())
                .withRegion(nova.region())
                .withProfile(nova.profile())
                .withEndpoint(nova.endpoint())
                .withAskMachine(askMachine)
                // The module "calls" limits the number of conversations; old ones may still be ending.
                .withMaxStreams(2 * settings.talk().maxConversations())
                .withChain(ChainOptions.defaults().sped(factor));
    }
}
