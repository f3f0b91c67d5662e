-- Replaces a text if it is still the version that was read, and not too late: see RedisText.
local text = KEYS[1]
local expected, version, new, deadline, lifetime = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
local time = redis.call('TIME')
if time[1] * 1000 + math.floor(time[2] / 1000) > deadline then
    return {'late'}
end
if (redis.call('HGET', text, 'version') or '') ~= expected then
    return {'changed'}
end
redis.call('HSET', text, 'text', new, 'version', version)
redis.call('PEXPIRE', text, lifetime)
return {'done'}
