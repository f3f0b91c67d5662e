-- Stores the report of one server, and the logins that ended at it; returns all of both: see NodeReports.
local servers, reports, ended = KEYS[1], KEYS[2], KEYS[3]
local me, lifetime, report = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local MOST_ENDED, MINUTES, DAY = 1000, 600000, 86400000

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _, server in ipairs(redis.call('ZRANGEBYSCORE', servers, '-inf', now)) do
    redis.call('ZREM', servers, server)
    redis.call('HDEL', reports, server)
end
if report == '' then
    redis.call('ZREM', servers, me)
    redis.call('HDEL', reports, me)
    return {0}
end
redis.call('ZADD', servers, now + lifetime, me)
redis.call('HSET', reports, me, report)
for i = 4, #ARGV, 2 do
    redis.call('ZADD', ended, ARGV[i + 1], ARGV[i])
end
redis.call('ZREMRANGEBYSCORE', ended, '-inf', now)
redis.call('ZREMRANGEBYRANK', ended, 0, -MOST_ENDED - 1)
redis.call('PEXPIRE', servers, MINUTES)
redis.call('PEXPIRE', reports, MINUTES)
redis.call('PEXPIRE', ended, DAY)

local all = redis.call('HVALS', reports)
local reply = {#all}
for _, each in ipairs(all) do
    reply[#reply + 1] = each
end
for _, each in ipairs(redis.call('ZRANGE', ended, 0, -1)) do
    reply[#reply + 1] = each
end
return reply
