-module(pingpong).
-export([start/1]).

start(Times) ->
    {Pong, Ref} = spawn_monitor(fun pong/0),
    ping(Times, Pong),
    receive {'DOWN', Ref, process, Pong, _} -> ok end.

%% #region pong
pong() ->
    receive
        {ping, Times, From} ->
            io:format("Pong ~p~n", [Times]),
            From ! pong,
            pong();
        stop ->
            io:format("Pong received stop~n")
    end.
%% #endregion

%% #region ping
ping(0, Opponent) ->
    Opponent ! stop;
ping(Times, Opponent) ->
    Opponent ! {ping, Times, self()},
    receive
        pong ->
            io:format("Ping ~p~n", [Times])
    after 5000 ->
        exit(no_answer)
    end,
    ping(Times - 1, Opponent).
%% #endregion
