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

%% Each connection costs a file and some memory.
-define(MOST_CLIENTS, 5000).

%% #region chat
init([Port, Node]) ->
    process_flag(trap_exit, true),
    case verify(Node, <<"nobody">>) of
        {unknown, Why} ->
            {stop, {validator, Why}};
        _ ->
            Options = [binary, {packet, 2}, {active, once},
                       {reuseaddr, true}, {ip, {127, 0, 0, 1}}],
            {ok, Listener} = gen_tcp:listen(Port, Options),
            Manager = spawn_link(fun() -> manage(#{}, 0) end),
            spawn(fun() -> acceptor(Listener, Node, Manager) end),
            {ok, {Listener, Manager, 0}}
    end.

handle_call(port, _From, {Listener, _, _} = State) ->
    {reply, inet:port(Listener), State};
handle_call(enter, _From, {_, _, ?MOST_CLIENTS} = State) ->
    {reply, full, State};
handle_call(enter, {Client, _}, {Listener, Manager, Inside}) ->
    monitor(process, Client),
    {reply, ok, {Listener, Manager, Inside + 1}}.

handle_cast(_Request, State) -> {noreply, State}.

handle_info({'EXIT', Manager, Reason}, {_, Manager, _} = State) ->
    {stop, {clients, Reason}, State};
handle_info({'DOWN', _, process, _, _}, {Listener, Manager, Inside}) ->
    {noreply, {Listener, Manager, Inside - 1}};
handle_info(_, State) ->
    {noreply, State}.
%% #endregion

%% #region terminate
terminate(_Reason, {Listener, Manager, _Inside}) ->
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
            case gen_server:call(?MODULE, enter) of
                ok -> login(Socket, Node, Manager);
                full -> gen_tcp:close(Socket)
            end;
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
                    next(Socket, Manager);
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
%% The next message comes when this one has been seen to, not before.
next(Socket, Manager) ->
    inet:setopts(Socket, [{active, once}]),
    talk(Socket, Manager).

talk(Socket, Manager) ->
    receive
        {tcp, Socket, <<"stop">>} -> ok;
        {tcp, Socket, Text} when byte_size(Text) > 65000 ->
            tell(Socket, {msg, <<"(That was not sent on.)">>}),
            next(Socket, Manager);
        {tcp, Socket, Text} ->
            Manager ! {say, self(), Text},
            receive
                said -> next(Socket, Manager);
                {'DOWN', _, process, Manager, _} -> ok
            end;
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
manage(Members, Told) ->
    receive
        {join, Client, Name} ->
            case lists:member(Name, maps:values(Members)) of
                true ->
                    Client ! taken,
                    manage(Members, Told);
                false ->
                    monitor(process, Client),
                    tell_all(Members, Told, [Name, <<" joined">>]),
                    Client ! joined,
                    manage(Members#{Client => Name}, Told + 1)
            end;
        {say, Client, Text} ->
            #{Client := Name} = Members,
            tell_all(Members, Told, [Name, <<": ">>, Text]),
            Client ! said,
            manage(Members, Told + 1);
        {'DOWN', _Ref, process, Client, _Reason} ->
            {Name, Others} = maps:take(Client, Members),
            tell_all(Others, Told, [Name, <<" left">>]),
            manage(Others, Told + 1);
        {close_all, From, Ref} ->
            [Client ! stop || Client <- maps:keys(Members)],
            gone(maps:size(Members)),
            From ! {Ref, closed}
    end.
%% #endregion

%% #region behind
tell_all(Members, Told, Text) ->
    Message = {msg, iolist_to_binary(Text)},
    [Client ! Message || Client <- maps:keys(Members)],
    %% To look at all of them each time would cost more than to tell them.
    Told rem 50 =:= 49 andalso end_those_behind(Members).

%% Who does not read has a mailbox that would fill the memory.
end_those_behind(Members) ->
    [exit(Client, behind) || Client <- maps:keys(Members),
                             {_, Unread} <- [unread(Client)],
                             Unread > 250 + maps:size(Members)].

unread(Client) -> process_info(Client, message_queue_len).
%% #endregion

%% Waits until so many clients have ended.
gone(0) -> ok;
gone(Left) ->
    receive {'DOWN', _, process, _, _} -> gone(Left - 1) end.
