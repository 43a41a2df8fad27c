%% The same as node.ts, in Erlang.
-module(distribution).
-export([echo/0, drive/3]).

echo() ->
    register(echo, spawn(fun() -> loop(0) end)),
    io:format("ready~n"),
    io:get_line(""),
    halt().

loop(Count) ->
    receive
        {item, _From, _N} -> loop(Count + 1);
        {ping, From, N} -> From ! N, loop(Count);
        {all, From, _N} -> From ! Count, loop(0)
    end.

drive(Peer, Trips, Items) ->
    To = {echo, Peer},
    To ! {ping, self(), -1},
    receive -1 -> ok end,
    trips(To, 0, Trips),
    Before = erlang:monotonic_time(microsecond),
    trips(To, 0, Trips),
    Between = erlang:monotonic_time(microsecond),
    items(To, 0, Items),
    To ! {all, self(), 0},
    receive Items -> ok end,
    After = erlang:monotonic_time(microsecond),
    io:format("~p ~p~n", [(Between - Before) / 1000, (After - Between) / 1000]),
    halt().

trips(_To, Trips, Trips) -> ok;
trips(To, N, Trips) ->
    To ! {ping, self(), N},
    receive N -> trips(To, N + 1, Trips) end.

items(_To, Items, Items) -> ok;
items(To, N, Items) ->
    To ! {item, self(), N},
    items(To, N + 1, Items).
