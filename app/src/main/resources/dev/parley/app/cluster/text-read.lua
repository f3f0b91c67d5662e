-- Returns a text, its version and the time: see RedisText.
local time = redis.call('TIME')
local stored = redis.call('HMGET', KEYS[1], 'text', 'version')
return {stored[1] or '', stored[2] or '', string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))}
