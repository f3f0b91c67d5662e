-- Removes the state of a call, unless another owner has taken it: see RedisCallStore. The owner stays, so that no former one writes.
local state, owner = KEYS[1], KEYS[2]
if redis.call('GET', owner) == ARGV[1] then
    redis.call('DEL', state)
end
return {'done'}
