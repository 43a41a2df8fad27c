%%%-----
%%% The echo server of chapter 1.
%%%-----
%% #region header
-module(rores_server).

%% API
-export([start/0, start/1, acceptor/1]).

-define(TCP_OPTIONS,
        [binary, {packet, 0}, {active, true}, {reuseaddr, true}]).
-define(DEFAULT_PORT, 9527).
%% #endregion

start() ->
    start(?DEFAULT_PORT).

%% #region server
%% Answers {ok, Server, Port} or {error, Reason}.
start(Port) ->
    Caller = self(),
    Ref = make_ref(),
    Server = spawn(fun() -> server(Caller, Ref, Port) end),
    receive
        {Ref, {ok, Actual}} -> {ok, Server, Actual};
        {Ref, {error, Reason}} -> {error, Reason}
    end.

server(Caller, Ref, Port) ->
    case gen_tcp:listen(Port, ?TCP_OPTIONS) of
        {ok, Listener} ->
            Caller ! {Ref, inet:port(Listener)},
            spawn(?MODULE, acceptor, [Listener]),
            receive stop -> gen_tcp:close(Listener) end;
        {error, Reason} ->
            Caller ! {Ref, {error, Reason}}
    end.
%% #endregion

%% #region acceptor
acceptor(Listener) ->
    case gen_tcp:accept(Listener) of
        {ok, Socket} ->
            spawn(?MODULE, acceptor, [Listener]),
            case inet:peername(Socket) of
                {ok, {Address, Port}} ->
                    io:format("New connection: ~ts:~p~n",
                              [inet:ntoa(Address), Port]),
                    handle_client(Socket);
                {error, _} ->
                    gen_tcp:close(Socket)
            end;
        {error, closed} ->
            ok;
        {error, _Busy} ->
            timer:sleep(100),
            acceptor(Listener)
    end.
%% #endregion

%% #region client
handle_client(Socket) ->
    receive
        {tcp, Socket, Data} ->
            io:format("Got a new message: ~p~n", [Data]),
            gen_tcp:send(Socket, Data),
            handle_client(Socket);
        {tcp_closed, Socket} ->
            io:format("Closed a client connection~n");
        _Other ->
            handle_client(Socket)
    end.
%% #endregion
