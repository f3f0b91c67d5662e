-- Replaces a text if it is still the version that was read, and not too late: see RedisText.
local text = KEYS[1]
local expected, version, new, deadline, lifetime = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
local KEPT = 100
-- A lost reply makes a server, or its connection, ask again: then others may have replaced the text since.
local recent = redis.call('HGET', text, 'recent') or ''
if string.find(' ' .. recent, ' ' .. version .. ' ', 1, true) then
    return {'done'}
end
local time = redis.call('TIME')
if time[1] * 1000 + math.floor(time[2] / 1000) > deadline then
    return {'late'}
end
if (redis.call('HGET', text, 'version') or '') ~= expected then
    return {'changed'}
end
recent = string.sub(version .. ' ' .. recent, 1, (#version + 1) * KEPT)
redis.call('HSET', text, 'text', new, 'version', version, 'recent', recent)
redis.call('PEXPIRE', text, lifetime)
return {'done'}
