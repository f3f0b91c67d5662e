// Networks as a way delays them. Pure.

/**
 * A network: `oneWay` is the delay of each direction in ms, `jitter` the most that it varies up and down, `stall` { length, every } holds everything
 * back for the last `length` ms of each period. All are optional.
 *
 * @returns {(now: number) => number} when bytes that arrive at an instant are forwarded, in ms; calls are in order of time, and bytes stay in order
 */
export function delays({ oneWay = 0, jitter = 0, stall } = {}, random = Math.random) {
    let last = -Infinity;
    return (now) => {
        const due = Math.max(0, oneWay + jitter * (2 * random() - 1)) + now;
        last = Math.max(last, stall ? stalled(due, stall) : due);
        return last;
    };
}

function stalled(at, { length, every }) {
    const into = at % every;
    return into < every - length ? at : at - into + every;
}
