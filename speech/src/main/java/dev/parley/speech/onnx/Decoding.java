package dev.parley.speech.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One greedy run of Moonshine's merged decoder. The first step computes the keys and values of the encoder's output, which stay for the
 * whole run; each further step replaces those of the decoder.
 */
final class Decoding implements AutoCloseable {

    private static final int LAYERS = 8;
    private static final int HEADS = 8;
    private static final int HEAD_SIZE = 52;
    private static final int START_TOKEN = 1;
    private static final int END_TOKEN = 2;
    /** Limit of tokens per second. Fast speech stays below it; a decoder in a loop does not. */
    private static final double MAX_TOKENS_PER_SECOND = 6.5;

    private final OrtEnvironment environment = Sessions.environment();
    private final OrtSession decoder;
    private final Map<String, OnnxTensor> feed = new HashMap<>();
    private final List<OnnxTensor> owned = new ArrayList<>();
    private final OnnxTensor cacheEmpty;
    private final OnnxTensor cacheFilled;
    private OrtSession.@Nullable Result first;
    private OrtSession.@Nullable Result last;

    Decoding(OrtSession decoder, OnnxTensor encoderState) throws OrtException {
        this.decoder = decoder;
        cacheEmpty = own(OnnxTensor.createTensor(environment, new boolean[]{false}));
        cacheFilled = own(OnnxTensor.createTensor(environment, new boolean[]{true}));
        var nothing = own(OnnxTensor.createTensor(environment, FloatBuffer.allocate(0),
                new long[]{0, HEADS, 1, HEAD_SIZE}));
        for (int layer = 0; layer < LAYERS; layer++) {
            for (String kind : List.of("decoder.key", "decoder.value", "encoder.key", "encoder.value")) {
                feed.put("past_key_values." + layer + "." + kind, nothing);
            }
        }
        feed.put("encoder_hidden_states", encoderState);
    }

    /** Returns the tokens of {@code seconds} of sound, or empty as soon as {@code unwanted} returns true. */
    Optional<List<Integer>> tokens(double seconds, BooleanSupplier unwanted) throws OrtException {
        int most = Math.max(4, (int) (seconds * MAX_TOKENS_PER_SECOND));
        List<Integer> tokens = new ArrayList<>();
        int token = START_TOKEN;
        while (tokens.size() < most) {
            if (unwanted.getAsBoolean()) {
                return Optional.empty();
            }
            token = step(token);
            if (token == END_TOKEN) {
                break;
            }
            tokens.add(token);
        }
        return Optional.of(tokens);
    }

    private int step(int token) throws OrtException {
        feed.put("use_cache_branch", first == null ? cacheEmpty : cacheFilled);
        OrtSession.Result result;
        try (var ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[]{token}),
                new long[]{1, 1})) {
            feed.put("input_ids", ids);
            result = decoder.run(feed);
        }
        boolean opening = first == null;
        feed.replaceAll(
                (name, was) -> name.startsWith("past_key_values") && (opening || name.contains("decoder"))
                        ? tensor(result, name.replace("past_key_values", "present"))
                        : was);
        if (opening) {
            first = result;
        } else {
            if (last != null) {
                last.close();
            }
            last = result;
        }
        return likeliest(tensor(result, "logits").getFloatBuffer());
    }

    private static OnnxTensor tensor(OrtSession.Result result, String name) {
        return (OnnxTensor) result.get(name).orElseThrow();
    }

    private static int likeliest(FloatBuffer logits) {
        int best = 0;
        for (int i = 1; i < logits.limit(); i++) {
            if (logits.get(i) > logits.get(best)) {
                best = i;
            }
        }
        return best;
    }

    private OnnxTensor own(OnnxTensor tensor) {
        owned.add(tensor);
        return tensor;
    }

    @Override
    public void close() {
        if (last != null) {
            last.close();
        }
        if (first != null) {
            first.close();
        }
        owned.forEach(OnnxTensor::close);
    }
}
