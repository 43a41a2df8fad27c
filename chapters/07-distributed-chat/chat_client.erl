%%%-----
%%% A client of chapter 7's chat, whoever has written the chat.
%%%-----
-module(chat_client).

-export([run/3]).

%% #region client
%% Says its lines one after the other, each when the last one came back.
%% Answers all that it heard.
run(Port, Name, Lines) ->
    Options = [binary, {packet, 2}, {active, true}],
    {ok, Socket} = gen_tcp:connect({127, 0, 0, 1}, Port, Options),
    ok = gen_tcp:send(Socket, Name),
    case hear(Socket) of
        {ok, Name} -> [{ok, Name} | talk(Socket, Lines)];
        Refusal -> [Refusal, hear(Socket)]
    end.

talk(Socket, []) ->
    ok = gen_tcp:send(Socket, <<"stop">>),
    [hear(Socket)];
talk(Socket, [Line | Lines]) ->
    ok = gen_tcp:send(Socket, Line),
    [hear(Socket) | talk(Socket, Lines)].

hear(Socket) ->
    receive
        {tcp, Socket, Data} -> known(binary_to_term(Data, [safe]));
        {tcp_closed, Socket} -> closed
    after 5000 -> nothing
    end.

%% With 'safe' no atom gets in that this node does not know already.
known({ok, _} = Answer) -> Answer;
known({auth_failed, _} = Answer) -> Answer;
known({try_again} = Answer) -> Answer;
known({server_error} = Answer) -> Answer;
known({msg, _} = Message) -> Message.
%% #endregion
