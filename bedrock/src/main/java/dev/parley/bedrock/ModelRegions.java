package dev.parley.bedrock;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/**
 * Knows the AWS regions of each model, and chooses the one to call. A stream stays within its region, so a server in a region without the
 * model calls it in another one.
 */
final class ModelRegions {

    /** Regions from AWS's documentation and from observation. A model that is not listed may be in any region. */
    private static final Map<String, List<String>> KNOWN = Map.of("amazon.nova-2-sonic-v1:0",
            List.of("us-east-1", "us-west-2", "eu-north-1", "ap-northeast-1"), "amazon.nova-sonic-v1:0",
            List.of("us-east-1", "eu-north-1", "ap-northeast-1"), "amazon.nova-2-5-sonic",
            List.of("us-east-1"));

    private static final Logger LOG = LoggerFactory.getLogger(ModelRegions.class);

    private ModelRegions() {}

    /**
     * Chooses the region to call. Accepts a region that the operator set for the model, with a warning if it is not known to have the
     * model. Accepts the region where the server runs only if it is known to have the model, or if no region of the model is known.
     */
    static Region choose(NovaSonicOptions options) {
        List<String> known = KNOWN.getOrDefault(options.modelId(), List.of());
        if (options.region().isPresent()) {
            var chosen = region(options.region().get(), known);
            if (!known.isEmpty() && !known.contains(chosen.id())) {
                LOG.warn("nova-region {} is not known to have {} (known: {}); it is asked all the same",
                        chosen.id(), options.modelId(), String.join(", ", known));
            }
            return chosen;
        }
        String found = inherited(options, known);
        if (known.isEmpty() || known.contains(found)) {
            return region(found, known);
        }
        throw new NovaSonicException("the region " + found + " does not have " + options.modelId()
                + ": set nova-region to one that has it (" + String.join(", ", known) + ")");
    }

    private static String inherited(NovaSonicOptions options, List<String> known) {
        try {
            return chain(options).getRegion().id();
        } catch (SdkClientException _nowhere) {
            throw new NovaSonicException(
                    "no AWS region was found: set nova-region or AWS_REGION" + oneOf(known));
        }
    }

    private static AwsRegionProvider chain(NovaSonicOptions options) {
        if (options.askMachine()) {
            var chain = DefaultAwsRegionProviderChain.builder();
            options.profile().ifPresent(chain::profileName);
            return chain.build();
        }
        return new AwsRegionProviderChain(new SystemSettingsRegionProvider(),
                options.profile()
                        .map(name -> new AwsProfileRegionProvider(null, name))
                        .orElseGet(AwsProfileRegionProvider::new));
    }

    private static Region region(String id, List<String> known) {
        if (!id.matches("[a-z]{2}(-[a-z]+)+-\\d{1,2}")) {
            throw new NovaSonicException(
                    "\"" + id + "\" is not the name of an AWS region like us-east-1" + oneOf(known));
        }
        return Region.of(id);
    }

    private static String oneOf(List<String> known) {
        return known.isEmpty() ? "" : " (the model is in " + String.join(", ", known) + ")";
    }
}
