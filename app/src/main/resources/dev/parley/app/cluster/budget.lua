-- Exchanges what one server uses of the budget that all servers share: see RedisBudget. The clock of Redis alone decides.
local servers, held, counts, line, tickets, spent = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local me, lifetime, places, most = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local mine, wanted, tokens, cost, leaving, continued = ARGV[5], ARGV[6], ARGV[7], ARGV[8], ARGV[9], ARGV[10]
local former = ARGV[11] or ''
local MINUTES, DAYS = 600000, 259200000
-- Tickets of those that had a place at another server, so that they are first in the line.
local FIRST = -1099511627776

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

-- A place in the line is SERVER/ID.
local function parts(place)
    return string.match(place, '^(.*)/(%d+)$')
end

local function forget(server)
    redis.call('ZREM', servers, server)
    redis.call('HDEL', held, server)
    redis.call('HDEL', counts, server)
    for _, place in ipairs(redis.call('ZRANGE', line, 0, -1)) do
        if parts(place) == server then
            redis.call('ZREM', line, place)
        end
    end
end

for _, server in ipairs(redis.call('ZRANGEBYSCORE', servers, '-inf', now)) do
    forget(server)
end
if tonumber(tokens) > 0 or tonumber(cost) > 0 then
    -- A day never has less than before: a clock that was set back makes a server begin its day again.
    local of_tokens, of_cost = string.match(redis.call('HGET', spent, me) or '0 0', '^(%S+) (%S+)$')
    local most_tokens = tonumber(of_tokens) > tonumber(tokens) and of_tokens or tokens
    local most_cost = tonumber(of_cost) > tonumber(cost) and of_cost or cost
    redis.call('HSET', spent, me, most_tokens .. ' ' .. most_cost)
    redis.call('PEXPIRE', spent, DAYS)
end
if leaving == '1' then
    forget(me)
    return {}
end

-- The server has what it says, and what it was given without having heard of it.
local given = {}
for id in string.gmatch(redis.call('HGET', held, me) or '', '%d+') do
    given[id] = true
end
local count = 0
for _ in string.gmatch(mine, '%d+') do
    count = count + 1
end
local admitted, waits, waiting = {}, {}, {}
for id in string.gmatch(wanted, '%d+') do
    if given[id] then
        admitted[#admitted + 1] = id
        mine = mine == '' and id or mine .. ',' .. id
        count = count + 1
    else
        waits[#waits + 1] = id
        waiting[id] = true
    end
end
redis.call('ZADD', servers, now + lifetime, me)
redis.call('HSET', held, me, mine)
redis.call('HSET', counts, me, count)
-- A conversation that moves takes its place with it. Its former server, if it lives, tells again what it has.
for id, server, place in string.gmatch(former, '(%d+)=([^/,]+)/(%d+)') do
    local ids = redis.call('HGET', held, server)
    if waiting[id] and server ~= me and ids then
        local left, found = {}, false
        for each in string.gmatch(ids, '%d+') do
            if each == place then
                found = true
            else
                left[#left + 1] = each
            end
        end
        if found then
            redis.call('HSET', held, server, table.concat(left, ','))
            redis.call('HINCRBY', counts, server, -1)
        end
    end
end
local total = 0
for _, each in ipairs(redis.call('HVALS', counts)) do
    total = total + each
end

local function admit(server, id)
    local ids = redis.call('HGET', held, server) or ''
    redis.call('HSET', held, server, ids == '' and id or ids .. ',' .. id)
    redis.call('HINCRBY', counts, server, 1)
    total = total + 1
    if server == me then
        admitted[#admitted + 1] = id
    end
end

local there, length = {}, 0
for _, place in ipairs(redis.call('ZRANGE', line, 0, -1)) do
    local server, id = parts(place)
    if server == me and not waiting[id] then
        redis.call('ZREM', line, place)
    else
        length = length + 1
        there[place] = true
    end
end

for id in string.gmatch(continued, '%d+') do
    local place = me .. '/' .. id
    if waiting[id] and not there[place] then
        redis.call('ZADD', line, FIRST + redis.call('INCR', tickets), place)
        length = length + 1
        there[place] = true
    end
end

-- First come, first served, whichever server they came to.
while total < places and length > 0 do
    local first = redis.call('ZPOPMIN', line)
    admit(parts(first[1]))
    length = length - 1
end
local refused = {}
for _, id in ipairs(waits) do
    local place = me .. '/' .. id
    if not there[place] then
        if length == 0 and total < places then
            admit(me, id)
        elseif length < most then
            redis.call('ZADD', line, redis.call('INCR', tickets), place)
            length = length + 1
        else
            refused[#refused + 1] = id
        end
    end
end
local positions = {}
for position, place in ipairs(redis.call('ZRANGE', line, 0, -1)) do
    local server, id = parts(place)
    if server == me then
        positions[#positions + 1] = id .. ':' .. position
    end
end

local all_tokens, all_cost = 0, 0
for _, each in ipairs(redis.call('HVALS', spent)) do
    local of_tokens, of_cost = string.match(each, '^(%S+) (%S+)$')
    all_tokens = all_tokens + of_tokens
    all_cost = all_cost + of_cost
end

for i = 1, 5 do
    redis.call('PEXPIRE', KEYS[i], MINUTES)
end
return {table.concat(admitted, ','), table.concat(positions, ','), table.concat(refused, ','),
    redis.call('ZCARD', servers), string.format('%.0f', all_tokens), string.format('%.9f', all_cost)}
