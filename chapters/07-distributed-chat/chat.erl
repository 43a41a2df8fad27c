%%%-----
%%% The chat of chapter 7: a server, a manager of clients, and a process for
%%% each client, which was the acceptor before.
%%%-----
-module(chat).
-behaviour(gen_server).

-export([start/2, port/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).

start(Port, ValidatorNode) ->
    gen_server:start({local, ?MODULE}, ?MODULE, [Port, ValidatorNode], []).

port() ->
    gen_server:call(?MODULE, port).

%% #region chat
init([Port, Node]) ->
    process_flag(trap_exit, true),
    case verify(Node, <<"nobody">>) of
        {unknown, Why} ->
            {stop, {validator, Why}};
        _ ->
            Options = [binary, {packet, 2}, {active, true},
                       {reuseaddr, true}, {ip, {127, 0, 0, 1}}],
            {ok, Listener} = gen_tcp:listen(Port, Options),
            Manager = spawn_link(fun() -> manage(#{}) end),
            spawn(fun() -> acceptor(Listener, Node, Manager) end),
            {ok, {Listener, Manager}}
    end.

handle_call(port, _From, {Listener, _} = State) ->
    {reply, inet:port(Listener), State}.

handle_cast(_Request, State) -> {noreply, State}.

handle_info({'EXIT', Manager, Reason}, {_, Manager} = State) ->
    {stop, {clients, Reason}, State};
handle_info(_, State) ->
    {noreply, State}.
%% #endregion

%% #region terminate
terminate(_Reason, {Listener, Manager}) ->
    gen_tcp:close(Listener),
    Ref = monitor(process, Manager),
    Manager ! {close_all, self(), Ref},
    receive
        {Ref, closed} -> ok;
        {'DOWN', Ref, process, Manager, _} -> ok
    after 2000 -> ok
    end.
%% #endregion

%% #region verify
verify(Node, Name) ->
    try gen_server:call({validator, Node}, {verify, Name}, 5000)
    catch exit:{Reason, _Call} -> {unknown, meaning(Reason)}
    end.

meaning({nodedown, _Node}) -> no_node;
meaning(noproc) -> no_server;
meaning(timeout) -> no_answer;
meaning(_) -> it_crashed.
%% #endregion

%% #region acceptor
acceptor(Listener, Node, Manager) ->
    case gen_tcp:accept(Listener) of
        {ok, Socket} ->
            spawn(fun() -> acceptor(Listener, Node, Manager) end),
            monitor(process, Manager),
            login(Socket, Node, Manager);
        {error, closed} ->
            ok;
        {error, _} ->
            timer:sleep(100),
            acceptor(Listener, Node, Manager)
    end.
%% #endregion

login(Socket, Node, Manager) ->
    receive
        {tcp, Socket, Name} ->
            case answer(Node, Name, Manager) of
                {ok, _} = Answer ->
                    tell(Socket, Answer),
                    talk(Socket, Manager);
                Answer ->
                    tell(Socket, Answer)
            end;
        {tcp_closed, Socket} -> ok;
        {'DOWN', _, process, Manager, _} -> ok
    after 30000 -> ok
    end,
    gen_tcp:close(Socket).

answer(Node, Name, Manager) ->
    Verdict = case verify(Node, Name) of
        {unknown, no_node} -> verify(Node, Name);
        Other -> Other
    end,
    case Verdict of
        {ok, User} -> join(Manager, User);
        {error, Why} -> {auth_failed, Why};
        {unknown, no_server} -> {try_again};
        {unknown, no_answer} -> {try_again};
        {unknown, _} -> {server_error}
    end.

join(Manager, Name) ->
    Manager ! {join, self(), Name},
    receive
        joined -> {ok, Name};
        taken -> {auth_failed, <<"That name is taken.">>};
        {'DOWN', _, process, Manager, _} -> {server_error}
    end.

%% #region talk
talk(Socket, Manager) ->
    receive
        {tcp, Socket, <<"stop">>} -> ok;
        {tcp, Socket, Text} when byte_size(Text) > 65000 ->
            tell(Socket, {msg, <<"(That was not sent on.)">>}),
            talk(Socket, Manager);
        {tcp, Socket, Text} ->
            Manager ! {say, self(), Text},
            talk(Socket, Manager);
        {msg, Text} ->
            tell(Socket, {msg, Text}),
            talk(Socket, Manager);
        stop -> ok;
        {tcp_closed, Socket} -> ok;
        {'DOWN', _, process, Manager, _} -> ok
    end.

tell(Socket, Message) ->
    gen_tcp:send(Socket, term_to_binary(Message)).
%% #endregion

%% #region manage
manage(Members) ->
    receive
        {join, Client, Name} ->
            case lists:member(Name, maps:values(Members)) of
                true ->
                    Client ! taken,
                    manage(Members);
                false ->
                    monitor(process, Client),
                    tell_all(Members, [Name, <<" joined">>]),
                    Client ! joined,
                    manage(Members#{Client => Name})
            end;
        {say, Client, Text} ->
            #{Client := Name} = Members,
            tell_all(Members, [Name, <<": ">>, Text]),
            manage(Members);
        {'DOWN', _Ref, process, Client, _Reason} ->
            {Name, Others} = maps:take(Client, Members),
            tell_all(Others, [Name, <<" left">>]),
            manage(Others);
        {close_all, From, Ref} ->
            [Client ! stop || Client <- maps:keys(Members)],
            gone(maps:size(Members)),
            From ! {Ref, closed}
    end.

tell_all(Members, Text) ->
    Message = {msg, iolist_to_binary(Text)},
    [Client ! Message || Client <- maps:keys(Members)].
%% #endregion

%% Waits until so many clients have ended.
gone(0) -> ok;
gone(Left) ->
    receive {'DOWN', _, process, _, _} -> gone(Left - 1) end.
