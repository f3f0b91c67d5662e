// A microphone and a context that the test breaks, as a phone call, a plug or a mute switch does.

/** Gives it to a page that is yet to be opened: `window.broken` has what a test may do, and what it may know. */
export async function breakable(page) {
    await page.addInitScript(() => {
        const own = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        const Context = window.AudioContext;
        const contexts = [];
        let level, track, room;
        window.AudioContext = class extends Context {
            constructor(options) {
                super(options);
                contexts.push(this);
            }
        };
        navigator.mediaDevices.getUserMedia = async (wanted) => {
            for (const one of (await own(wanted)).getTracks()) one.stop();
            window.broken.asked++;
            room ??= new Context();
            const microphone = room.createMediaStreamDestination();
            const source = room.createConstantSource();
            level = room.createGain();
            level.gain.value = 0.0005;
            source.connect(level).connect(microphone);
            source.start();
            [track] = microphone.stream.getAudioTracks();
            return microphone.stream;
        };
        window.broken = {
            asked: 0,
            /** Sets the level of the microphone: 0 is nothing, 0.0005 a quiet room, 1 the loudest. */
            level: (value) => (level.gain.value = value),
            unplug: () => track.dispatchEvent(new Event("ended")),
            withhold: (muted) => Object.defineProperty(track, "muted", { value: muted, configurable: true }),
            /** Stops all sound; `for good`: whatever the page tries with this context. */
            suspend: (forGood = false) => {
                const context = contexts.at(-1);
                if (forGood) context.resume = () => new Promise(() => {});
                return context.suspend();
            },
            contexts: () => contexts.map(({ state }) => state),
        };
    });
}
