#!/usr/bin/env escript
%% The other side of the tests: real Erlang reads frames (four bytes of
%% length, then that many bytes) from a file and answers each with a frame.
%%
%%   eval      an expression      -> its term
%%   echo      a term             -> the same term, read and written
%%   same      two terms, framed  -> <<1>> if they are =:=
%%   accepts   any bytes          -> <<1>> if binary_to_term/1 takes them
%%   generate  a seed             -> a random term
-mode(compile).

main([Mode, In, Out]) ->
    {ok, Frames} = file:read_file(In),
    Act = list_to_existing_atom(Mode),
    Answers = [frame(answer(Act, Frame)) || Frame <- frames(Frames)],
    ok = file:write_file(Out, Answers).

frames(<<Size:32, Frame:Size/binary, Rest/binary>>) -> [Frame | frames(Rest)];
frames(<<>>) -> [].

frame(Bytes) -> [<<(byte_size(Bytes)):32>>, Bytes].

answer(eval, Text) ->
    {ok, Tokens, _} = erl_scan:string(unicode:characters_to_list(Text)),
    {ok, Expressions} = erl_parse:parse_exprs(Tokens),
    {value, Term, _} = erl_eval:exprs(Expressions, #{}),
    write(Term);
answer(echo, Bytes) -> write(binary_to_term(Bytes));
answer(same, Two) ->
    [One, Other] = frames(Two),
    truth(binary_to_term(One) =:= binary_to_term(Other));
answer(accepts, Bytes) ->
    truth(try binary_to_term(Bytes) of _ -> true catch error:badarg -> false end);
answer(generate, Seed) ->
    rand:seed(exsss, binary_to_integer(Seed)),
    write(term(4)).

truth(true) -> <<1>>;
truth(false) -> <<0>>.

%% Version 2 is what nodes of OTP 25 speak: atoms in UTF-8.
write(Term) -> term_to_binary(Term, [{minor_version, 2}]).

term(0) -> leaf();
term(Depth) ->
    case rand:uniform(10) of
        1 -> list_to_tuple(terms(Depth));
        2 -> list_to_tuple([name() | terms(Depth)]);
        3 -> terms(Depth);
        4 -> [term(Depth - 1) | terms(Depth)] ++ leaf();
        5 -> maps:from_list([{K, K} || K <- terms(Depth)]);
        6 -> #{<<"k">> => term(Depth - 1), <<"1">> => term(Depth - 1)};
        7 -> F = term(Depth - 1), fun() -> F end;
        _ -> leaf()
    end.

terms(Depth) -> [term(Depth - 1) || _ <- lists:seq(1, rand:uniform(5) - 1)].

leaf() ->
    case rand:uniform(13) of
        1 -> rand:uniform(300) - 20;
        2 -> sign() * (1 bsl rand:uniform(70)) + rand:uniform(3) - 2;
        3 -> sign() * rand:uniform(1 bsl (8 * rand:uniform(300)));
        4 -> rand:normal();
        5 -> sign() * float(rand:uniform(5) - 1);
        6 -> name();
        7 -> rand:bytes(rand:uniform(20) - 1);
        8 -> unicode:characters_to_binary(text());
        9 -> <<(rand:bytes(rand:uniform(9)))/binary, 5:(rand:uniform(7))>>;
        10 -> text();
        11 -> self();
        12 -> make_ref();
        13 -> fun lists:map/2
    end.

sign() -> rand:uniform(2) * 2 - 3.

name() ->
    lists:nth(rand:uniform(7),
        [ok, true, undefined, null, 'Ann B', '', list_to_atom(text())]).

text() -> [lists:nth(rand:uniform(5), "aZ é→") || _ <- lists:seq(1, rand:uniform(30))].
